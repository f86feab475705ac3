package dev.gimbal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.engine.PlaceholderParser.Part;
import dev.gimbal.engine.PlaceholderParser.Ref;
import dev.gimbal.engine.PlaceholderParser.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How texts come apart; {@code docs/spec/placeholders.md} has the grammar. */
class PlaceholderParserTest {

  /** Texts as they are; placeholders as {@code <KIND name|default>}, with a q where quoted. */
  private static String shape(List<Part> parts) {
    StringBuilder shape = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Ref ref) {
        shape.append('<').append(ref.kind()).append(ref.quoted() ? "q " : " ");
        shape.append(shape(ref.name()));
        shape.append(ref.fallback() == null ? "" : "|" + shape(ref.fallback())).append('>');
      } else {
        shape.append(((Text) part).text());
      }
    }
    return shape.toString();
  }

  @Test
  void texts_comeApartAtPlaceholders() {
    String[][] table = {
      // an escape holds what stands in its braces
      {"ab$${ ${k} }${x}", "ab${ ${k} }<PATH x>"},
      {"abc$${ ${k}", "abc${ <PATH k>"},
      // quotes and backslashes matter in a path only
      {"${\"a${k}\".${l}}", "<PATH \"a<PATHq k>\".<PATH l>>"},
      {"${\"a\\\"${k}\".${l}}", "<PATH \"a\\\"<PATHq k>\".<PATH l>>"},
      {"${\"a\\\\\".${k}}", "<PATH \"a\\\\\".<PATH k>>"},
      {"${a\\\"${k}\"}", "<PATH a\\\"<PATHq k>\">"},
      {"${a:\"${k}\"}", "<PATH a|\"<PATH k>\">"},
      {"${a:\"\\\"${k}\"}", "<PATH a|\"\\\"<PATH k>\">"},
      {"\"${k}\"", "\"<PATH k>\""},
      {"${env:\"${k}\"}", "<ENV \"<PATH k>\">"},
      {"${env:\"\\\"${k}\"}", "<ENV \"\\\"<PATH k>\">"},
      // the default begins at the first colon that is not in quotes, and a secret has none
      {"${\"a:b\":c:d}", "<PATH \"a:b\"|c:d>"},
      {"${\"a\\\":b\":c}", "<PATH \"a\\\":b\"|c>"},
      {"${a\\:b}", "<PATH a\\|b>"},
      {"${a${k:x}:y}", "<PATH a<PATH k|x>|y>"},
      {"${env:A\":b\"}", "<ENV A\"|b\">"},
      {"${env:A\\:b}", "<ENV A\\|b>"},
      {"${sys:a.b:}", "<SYS a.b|>"},
      {"${secret:a:b}", "<SECRET a:b>"},
      // blanks around a name, and a second brace, make it text
      {"${a: b}", "<PATH a| b>"},
      {"${a }", "${a }"},
      {"${ a}", "${ a}"},
      {"${}", "${}"},
      {"${:a}", "${:a}"},
      {"${{a}}", "${{a}}"},
      {"${a..b}", "${a..b}"},
    };
    for (String[] row : table) {
      assertEquals(row[1], shape(PlaceholderParser.parse(row[0])), row[0]);
    }
    assertEquals(26, table.length);
  }
}
