package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetTest {

  private static final Run DONE = new Run(0, "", "");

  @TempDir Path folder;

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  @Test
  void set_changesTheValueAlone() throws IOException {
    String file = write("app.json", "{\n\t\"a\": 1,\n\t\"b\": \"x\"\n}");
    assertEquals(DONE, Run.gimbal("set", file, "a", "2.50"));
    assertEquals(DONE, Run.gimbal("set", file, "b", "${env:X:y}"));
    assertEquals(DONE, Run.gimbal("set", file, "c.d", "true"));
    assertEquals(
        "{\n\t\"a\": 2.50,\n\t\"b\": \"${env:X:y}\",\n\t\"c\": {\n\t\t\"d\": true\n\t}\n}",
        read(file));
    assertEquals(DONE, Run.gimbal("unset", file, "c"));
    assertEquals(DONE, Run.gimbal("set", file, "a", "--", "-1"));
    assertEquals("{\n\t\"a\": -1,\n\t\"b\": \"${env:X:y}\"\n}", read(file));
  }

  @Test
  void set_withAType_writesText() throws IOException {
    String file = write("app.json", "{\"a\": 1}");
    assertEquals(DONE, Run.gimbal("set", file, "a", "null", "--type", "string"));
    assertEquals("{\"a\": \"null\"}", read(file));
    assertEquals(
        new Run(
            2,
            "",
            "gimbal set: --type: \"int\" (expected: auto or string) (see gimbal set --help)\n"),
        Run.gimbal("set", file, "a", "1", "--type", "int"));
  }

  @Test
  void set_withAFormat_readsTheFileAsThat() throws IOException {
    String file = write("settings", "a=1");
    assertEquals(DONE, Run.gimbal("set", file, "a", "2", "--format", "properties"));
    assertEquals("a=2", read(file));
  }

  @Test
  void set_withAConditionThatFails_exits3AndShowsNoValue() throws IOException {
    String file = write("app.properties", "password=hunter2\n");
    assertEquals(
        new Run(
            3,
            "",
            "GIM-029 password: another value stands here, expected a certain one\n        at "
                + file
                + ":1:10\n       1 | password=***\n         |          ^\n"),
        Run.gimbal("set", file, "password", "secret3", "--if-is", "secret4"));
    assertEquals(3, Run.gimbal("set", file, "password", "secret3", "--if-absent").exit());
    assertEquals(3, Run.gimbal("unset", file, "password", "--if-is", "secret4").exit());
    assertEquals("password=hunter2\n", read(file));
    assertEquals(DONE, Run.gimbal("set", file, "password", "secret3", "--if-is", "hunter2"));
    assertEquals(DONE, Run.gimbal("unset", file, "password", "--if-is", "secret3"));
    assertEquals(DONE, Run.gimbal("set", file, "password", "1", "--if-absent"));
    assertEquals("password=1\n", read(file));
  }

  @Test
  void condition_hasATypeOfItsOwn() throws IOException {
    String file = write("app.json", "{\"a\": \"5\", \"n\": 5}");
    assertEquals(
        "GIM-029 a: a text stands here, expected a number",
        Run.gimbal("unset", file, "a", "--if-is", "5").err().lines().findFirst().orElseThrow());
    assertEquals(
        "GIM-029 n: a number stands here, expected a text",
        Run.gimbal("set", file, "n", "6", "--if-is", "5", "--if-is-type", "string")
            .err()
            .lines()
            .findFirst()
            .orElseThrow());
    assertEquals(3, Run.gimbal("set", file, "a", "6", "--type", "string", "--if-is", "5").exit());
    assertEquals(DONE, Run.gimbal("set", file, "n", "6", "--type", "string", "--if-is", "5"));
    assertEquals(DONE, Run.gimbal("set", file, "n", "7", "--if-is", "6", "--if-is-type", "string"));
    assertEquals("{\"a\": \"5\", \"n\": 7}", read(file));
    assertEquals(DONE, Run.gimbal("unset", file, "a", "--if-is", "5", "--if-is-type", "string"));
    assertEquals("{\"n\": 7}", read(file));
  }

  @Test
  void typeOfACondition_needsOne_andIsKnown() throws IOException {
    String file = write("app.json", "{\"a\": 1}");
    assertEquals(
        new Run(
            2, "", "gimbal unset: --if-is-type: --if-is is missing (see gimbal unset --help)\n"),
        Run.gimbal("unset", file, "a", "--if-is-type", "string"));
    assertEquals(
        new Run(
            2,
            "",
            "gimbal set: --if-is-type: \"int\" (expected: auto or string) (see gimbal set"
                + " --help)\n"),
        Run.gimbal("set", file, "a", "1", "--if-is", "1", "--if-is-type", "int"));
  }

  @Test
  void unset_ofNothing_exits1() throws IOException {
    String file = write("app.properties", "a=1\n");
    assertEquals(new Run(1, "", "absent: b\n"), Run.gimbal("unset", file, "b"));
  }

  @Test
  void set_ofWhatCannotBeChanged_exits3() throws IOException {
    String file = write("app.properties", "a=1\n");
    String none = folder.resolve("none.json").toString();
    assertEquals(
        new Run(
            3,
            "",
            "GIM-011 there is no file at this path, and an edit makes none: make it first\n"
                + "        at "
                + none
                + "\n"),
        Run.gimbal("set", none, "a", "1"));
    assertEquals(3, Run.gimbal("set", file, "a.b", "1").exit());
    assertEquals(
        new Run(
            2, "", "gimbal set: PATH: \"\" (expected: a path of keys) (see gimbal set --help)\n"),
        Run.gimbal("set", file, "", "1"));
    assertEquals(2, Run.gimbal("set", file, "a").exit());
    assertEquals("a=1\n", read(file));
  }

  @Test
  void source_isEditedInPlaceOfAFile() throws IOException {
    String file = write("app.properties", "# c\na=1\n");
    assertEquals(DONE, Run.gimbal("set", "--source", file, "a", "2", "--if-is", "1"));
    assertEquals(DONE, Run.gimbal("set", "-s", "file:" + file, "b", "01", "--type", "string"));
    assertEquals("# c\na=2\nb=01\n", read(file));
    assertEquals(DONE, Run.gimbal("unset", "-s", file, "a"));
    assertEquals(new Run(1, "", "absent: a\n"), Run.gimbal("unset", "-s", file, "a"));
    assertEquals("# c\nb=01\n", read(file));
  }

  @Test
  void source_thatCannotBeEdited_exits3() {
    Run refused = Run.gimbal("set", "-s", "env:APP_", "a", "1");
    assertEquals(3, refused.exit());
    assertEquals("GIM-028 what this source reads is not edited\n", refused.err());
  }

  @Test
  void fileAndSource_areOneTooMany() throws IOException {
    String file = write("app.properties", "a=1\n");
    assertEquals(
        "gimbal set: FILE and --source: one of them says what is changed (see gimbal set --help)\n",
        Run.gimbal("set", file, "a", "2", "-s", file).err());
    assertEquals(
        "gimbal set: Missing required parameter: 'VALUE' (see gimbal set --help)\n",
        Run.gimbal("set", "-s", file, "a").err());
    assertEquals(
        "gimbal set: Missing required parameter: 'FILE' (see gimbal set --help)\n",
        Run.gimbal("set").err());
    assertEquals(
        "gimbal unset: Missing required parameter: 'PATH' (see gimbal unset --help)\n",
        Run.gimbal("unset", file).err());
    assertEquals(
        "gimbal set: --source and --source: one of them says what is changed (see gimbal set"
            + " --help)\n",
        Run.gimbal("set", "-s", file, "-s", file, "a", "2").err());
    assertEquals("a=1\n", read(file));
  }

  @Test
  void source_isEditedAsItStands() throws IOException {
    String file = write("app.properties", "a=${elsewhere}\nsecret=ENC[aes-256-gcm,k1,AAAA]\n");
    assertEquals(DONE, Run.gimbal("set", "-s", file, "b", "1"));
    assertEquals(DONE, Run.gimbal("unset", "-s", file, "a"));
    assertEquals("secret=ENC[aes-256-gcm,k1,AAAA]\nb=1\n", read(file));
    String json = write("app.json", "{\"a\": null, \"b\": 1}");
    assertEquals(DONE, Run.gimbal("unset", "-s", json, "a"));
    assertEquals("{\"b\": 1}", read(json));
  }
}
