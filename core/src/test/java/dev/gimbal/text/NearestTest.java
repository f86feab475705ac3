package dev.gimbal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  @Test
  void of_severalTexts_isThatWithTheFewestEdits() {
    assertEquals("prod", Nearest.of("prdo", List.of("test", "product", "prod")));
    assertEquals("pord", Nearest.of("prd", List.of("prods", "prdoo", "pord", "prot")));
  }

  @Test
  void of_equallyNearTexts_isTheFirstInOrder() {
    assertEquals("port", Nearest.of("pot", List.of("post", "port")));
  }

  @Test
  void of_textsThatAreTooFarAway_isNull() {
    assertNull(Nearest.of("prod", List.of()));
    assertNull(Nearest.of("prod", List.of("development")));
    assertNull(Nearest.of("ab", List.of("cd"))); // nothing of it is left
  }

  @Test
  void of_manyOrLongTexts_givesUp() {
    String text = "a".repeat(101);
    assertNull(Nearest.of(text, List.of(text + "b")));
    assertEquals(
        "a".repeat(100) + "b", Nearest.of("a".repeat(100), List.of("a".repeat(100) + "b")));
    List<String> many = new java.util.ArrayList<>(Collections.nCopies(1000, "development"));
    many.add("prod");
    assertNull(Nearest.of("prdo", many));
    assertEquals("prod", Nearest.of("prdo", many.subList(1, 1001)));
  }

  @Test
  void ofWord_isOneThatIsMisspelt() {
    List<String> known = List.of("dir", "env", "file", "https", "sys", "yaml", "properties");
    assertEquals("https", Nearest.ofWord("htps", known));
    assertEquals("yaml", Nearest.ofWord("ymal", known));
    assertEquals("sys", Nearest.ofWord("sy", known));
    assertEquals("properties", Nearest.ofWord("propertes1", known));
  }

  @Test
  void ofWord_isNoneThatIsAnotherShortWord() {
    List<String> known = List.of("dir", "env", "file", "http", "sys", "xml");
    for (String other : List.of("ini", "s3", "git", "ftp", "txt", "etcd", "vault")) {
      assertNull(Nearest.ofWord(other, known), other);
    }
  }

  @Test
  void edits_ofTwoTexts_isTheLevenshteinDistance() {
    assertEquals(0, Nearest.edits("port", "port"));
    assertEquals(2, Nearest.edits("prot", "port"));
    assertEquals(3, Nearest.edits("kitten", "sitting"));
    assertEquals(4, Nearest.edits("", "port"));
    assertEquals(4, Nearest.edits("port", ""));
  }
}
