package dev.gimbal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Origin;
import dev.gimbal.tree.DocumentText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyPlacesTest {

  /** The text has / for the end of a line; places are line:column. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a:/  key: 1 ; key ; 2:8 ; 2:3",
        "a:/  key:/    b: 1 ; key ; 3:5 ; 2:3",
        "a:/  key: # why/    # what/    b: 1 ; key ; 4:5 ; 2:3",
        "a:/  key: &x !!map/    b: 1 ; key ; 3:5 ; 2:3",
        "a:/  - key: 1 ; key ; 2:10 ; 2:5",
        "{key: 1, b: key, kez: 2} ; kez ; 1:23 ; 1:18",
        "{\"b\": \"key\", \"key\": \"x\"} ; key ; 1:21 ; 1:14",
        "{\"key\":/  {\"b\": 1}} ; key ; 2:3 ; 1:2",
        "a.key=1 ; key ; 1:7 ; 1:3",
        "a.key.b=1 ; key ; 1:9 ; 1:3",
        "[a.key] ; key ; 1:1 ; 1:1",
        "key += 1 ; key ; 1:8 ; 1:1",
        "<a key=\"1\"> ; key ; 1:9 ; 1:4",
        "<key>1</key> ; key ; 1:6 ; 1:2",
        "key {/  b = 1 ; key ; 2:3 ; 1:1",
        "my-key: 1 ; key ; 1:9 ; 1:9",
        "key: 1/b: 2 ; key ; 2:4 ; 2:4",
        "k\\u0065y: 1 ; key ; 1:12 ; 1:12",
        "key: 1 ; key ; 7:1 ; 7:1",
        "key: 1 ; key ; 0:0 ; 0:0",
        "ü😀: {key: 1} ; key ; 1:11 ; 1:6",
      })
  void find_ofAValue_isWhereItsKeyStandsOrTheValue(
      String text, String key, String value, String expected) {
    DocumentText document = new DocumentText("yaml", text.replace('/', '\n').replace("<\n", "</"));
    assertEquals(place(expected), KeyPlaces.find(place(value), document, key));
    DocumentText windows = new DocumentText("yaml", document.text().replace("\n", "\r\n"));
    assertEquals(place(expected), KeyPlaces.find(place(value), windows, key));
  }

  @Test
  void find_onALineOfManyBlanks_takesNoLongerThanItsLength() {
    String line = "{x: 'a" + " ".repeat(900) + ".', a: 1}";
    DocumentText document = new DocumentText("yaml", line);
    Origin value = place("1:" + (line.indexOf('1') + 1));
    assertEquals(place("1:" + (line.indexOf("a: 1") + 1)), KeyPlaces.find(value, document, "a"));
  }

  private static Origin place(String text) {
    int colon = text.indexOf(':');
    int line = Integer.parseInt(text.substring(0, colon));
    return new Origin("s", "d", line, Integer.parseInt(text.substring(colon + 1)));
  }
}
