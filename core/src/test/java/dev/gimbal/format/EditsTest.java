package dev.gimbal.format;

import static dev.gimbal.format.Editing.assertRefused;
import static dev.gimbal.format.Editing.edit;
import static dev.gimbal.format.Editing.set;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gimbal.ConfigPath;
import dev.gimbal.tree.Node;
import dev.gimbal.tree.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EditsTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void edit_ofADocumentWithAMark_keepsIt() {
    Edit edit = Edit.builder().set("a", "\u00e9").build();
    assertArrayEquals(bytes("\uFEFFa=\\u00e9"), edit(bytes("\uFEFFa=1"), edit));
    assertArrayEquals(bytes("\uFEFFa=\\u00e9\n"), edit(bytes("\uFEFF"), edit));
  }

  @Test
  void edit_thatChangesNothing_givesTheBytesThatWereThere() {
    byte[] bytes = bytes("a=1");
    assertSame(bytes, edit(bytes, Edit.builder().set("a", 1).unset("b").build()));
    assertSame(bytes, edit(bytes, Edit.builder().set("a", 2).set("a", 1).build()));
  }

  @Test
  void edit_ofBytesThatAreNotUtf8_isRefusedAsReadingDoes() {
    byte[] bytes = {'a', '=', (byte) 0xFF};
    assertRefused(
        "GIM-004 null: found the byte 0xFF, expected UTF-8 at app:1:3",
        () -> edit(bytes, Edit.builder().set("a", 1).build()));
  }

  @Test
  void edit_ofSeveral_appliesThemInOrder() {
    assertEquals("b=2\na=3\n", edit("a=1\n", edit -> edit.set("b", 2).unset("a").set("a", 3)));
  }

  @Test
  void set_belowASingleValueOrBesideAList_isRefused() {
    assertRefused(
        "GIM-028 a.b: a single value stands at a at app:1:3", () -> set("a=1\n", "a.b", 1));
    assertRefused("GIM-028 a.b: a list stands at a at app:1:6", () -> set("a[0]=1\n", "a.b", 1));
    assertRefused(
        "GIM-028 a[0]: an object stands at a at app:1:5", () -> set("a.b=1\n", "a[0]", 1));
    assertRefused(
        "GIM-028 [0]: an object stands at the root at app", () -> set("a.b=1\n", "[0]", 1));
    assertRefused(
        "GIM-028 a[2]: found index 2, expected 0 to 1 at app:1:6",
        () -> set("a[0]=1\n", "a[2]", 1));
    assertRefused(
        "GIM-028 b[1]: the list b does not exist: its first index is 0 at app",
        () -> set("a[0]=1\n", "b[1]", 1));
    assertRefused(
        "GIM-028 : the root is the whole document; name a value in it at app",
        () -> set("a=1\n", "", 1));
  }

  @Test
  void set_aTextThatIsNoPlaceholder_isRefusedWhereTheFormatHasNoWayToSayIt() {
    assertEquals("a=${b}\n", set("a=1\n", "a", "${b}"));
    assertRefused(
        "GIM-019 a: properties cannot express a text that looks like a placeholder at app",
        () -> edit("a=1\n", edit -> edit.set(ConfigPath.of("a"), Scalar.string("${b}"))));
  }

  @Test
  void edit_withWhatIsExpected_isDoneIfItIsThere() {
    assertEquals("a=2\n", edit("a=1\n", edit -> edit.onlyIf("a", 1).set("a", 2)));
    assertEquals("a=1\nb=2\n", edit("a=1\n", edit -> edit.onlyIfAbsent("b").set("b", 2)));
  }

  @Test
  void edit_withoutWhatIsExpected_isAConflictThatNamesAll() {
    assertRefused(
        """
        GIM-029 a: another value stands here, expected a certain one at app:1:3
        GIM-029 a: a text stands here, expected nothing at app:1:3
        GIM-029 b: nothing stands here, expected a text at app
        GIM-029 a: a text stands here, expected null at app:1:3
        GIM-029 c: nothing stands here, expected null at app\
        """,
        () ->
            edit(
                "a=1\n",
                edit ->
                    edit.onlyIf("a", 2)
                        .onlyIfAbsent("a")
                        .onlyIf("b", 1)
                        .onlyIf("a", null)
                        .onlyIf("c", null)
                        .set("a", 3)));
  }

  @Test
  void set_ofPlainValuesInThePlaceOfEncryptedOnes_isRefused_unlessTheyAreTakenAwayBefore() {
    String text = "db.host=h\ndb.pin=ENC[a,k1,AAAA]\n";
    assertRefused(
        "GIM-028 db.pin: an encrypted value stands here; set one that is encrypted too, or unset it"
            + " before at app",
        () -> set(text, "db.pin", "hunter2"));
    String many =
        "GIM-028 db: encrypted values stand here, and a plain one would take the place of one; set"
            + " what has them encrypted too, or unset it before at app";
    assertRefused(many, () -> set(text, "db", Map.of("host", "h", "pin", "hunter2")));
    assertRefused(many, () -> set(text, "db", Map.of("host", "h", "password", "hunter2")));
    assertEquals("db.host=i\n", set(text, "db", Map.of("host", "i")));
    assertEquals(
        "db.host=i\ndb.pin=ENC[a,k2,AAAA]\n",
        set(text, "db", new TreeMap<>(Map.of("host", "i", "pin", "ENC[a,k2,AAAA]"))));
    assertEquals(
        "db.pin=plain\n", edit(text, edit -> edit.unset("db").set("db", Map.of("pin", "plain"))));
  }

  /** Lines, with an editor that does whatever it is told. */
  private record Faulty(Optional<DocumentEditor> editor) implements Format {

    static Faulty answering(String answer) {
      return new Faulty(
          Optional.of(
              new DocumentEditor() {
                @Override
                public String set(String text, ConfigPath path, Node value) {
                  if (answer.isEmpty()) {
                    throw new IllegalStateException("hunter2");
                  }
                  return answer;
                }

                @Override
                public String unset(String text, ConfigPath path) {
                  return answer;
                }
              }));
    }

    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public Set<String> extensions() {
      return Set.of("faulty");
    }

    @Override
    public void read(String text, TreeBuilder out) {
      new PropertiesReader(text, out).read();
    }

    @Override
    public String write(Node tree) {
      return new PropertiesWriter().write(tree);
    }
  }

  private static void change(Format format) {
    Formats.installed(List.of(format))
        .edit(
            "file",
            new Content("app", "faulty", bytes("a=1\n")),
            ReadOptions.DEFAULT,
            Edit.builder().set("a", "hunter2").build());
  }

  @Test
  void edit_byAnEditorThatIsWrong_isRefused() {
    assertRefused(
        "GIM-028 a: the change would leave a document that says something else at app",
        () -> change(Faulty.answering("a=hunter2\nb=1\n")));
    assertRefused(
        "GIM-028 a: the change would leave a document that cannot be read at app",
        () -> change(Faulty.answering("a=\\uhunter2\n")));
    assertRefused(
        "GIM-028 a: the editor of faulty failed: java.lang.IllegalStateException at app",
        () -> change(Faulty.answering("")));
  }

  @Test
  void edit_inAFormatWithoutEditor_isRefused() {
    assertRefused(
        "GIM-028 null: the format faulty has no editor at app",
        () -> change(new Faulty(Optional.empty())));
  }
}
