package dev.gimbal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --profile}, {@code --label} and their variables. */
final class LabelsTest {

  @TempDir Path dir;
  private String profiles;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(dir.resolve("app.yaml"), "port: 80\n");
    Files.writeString(dir.resolve("app-prod.yaml"), "port: 81\n");
    Files.writeString(dir.resolve("app-eu.yaml"), "port: 82\n");
    Files.writeString(dir.resolve("bad-prod.yaml"), "port: [\n");
    profiles = dir + "/app-{profile}.yaml";
  }

  private Run get(String... labels) {
    List<String> args =
        new ArrayList<>(List.of("get", "port", "-s", dir + "/app.yaml", "-s", profiles));
    args.addAll(List.of(labels));
    return Run.gimbal(args.toArray(String[]::new));
  }

  @Test
  void profiles_areLayersInTheirOrder() {
    assertEquals(new Run(0, "80\n", ""), get());
    assertEquals(new Run(0, "81\n", ""), get("--profile", "prod"));
    assertEquals(new Run(0, "82\n", ""), get("--profile", "prod,eu"));
    assertEquals(new Run(0, "81\n", ""), get("--profile=eu", "--profile=prod"));
    assertEquals(new Run(0, "81\n", ""), get("--label", "profile=prod"));
  }

  @Test
  void environment_countsWhereNoLabelIsGiven() throws Exception {
    assertEquals("81\n", out("GIMBAL_PROFILE", "prod"));
    assertEquals("82\n", out("GIMBAL_PROFILE", "prod", "--profile", "eu"));
    assertEquals("80\n", out("GIMBAL_PROFILE", "prod", "--profile", ""));
  }

  private String out(String variable, String value, String... more) throws Exception {
    List<String> args =
        new ArrayList<>(List.of("get", "port", "-s", dir + "/app.yaml", "-s", profiles));
    args.addAll(List.of(more));
    ProcessBuilder builder = GimbalProcess.builder(args.toArray(String[]::new));
    builder.environment().put(variable, value);
    try (GimbalProcess process = GimbalProcess.start(builder)) {
      String out = process.restOfOutput();
      assertEquals("", process.restOfMessages());
      assertEquals(0, process.exit());
      return out;
    }
  }

  @Test
  void explain_showsLabelsAndWhatIsNoLayer() {
    String[] args = {
      "explain", "port", "-s", profiles, "-s", dir + "/app-{env}.yaml", "--profile", "eu"
    };

    String at = dir + "/app-eu.yaml";
    String no = dir + "/app-{env}.yaml";
    assertEquals(
        new Run(
            0,
            "port = 82\n"
                + ("  won: 82   at " + at + ":1:7   (profile=eu)\n")
                + ("  down: " + no + "   no layer: no value is given for {env}\n"),
            ""),
        Run.gimbal(args));
    args[1] = "--output=json";
    args[0] = "explain";
    List<String> json = new ArrayList<>(List.of(args));
    json.add("port");
    assertEquals(
        "{\"path\":\"port\",\"value\":\"82\",\"candidates\":[{\"outcome\":\"won\",\"value\":\"82\","
            + ("\"source\":\"" + at + "\",\"document\":\"" + at + "\",\"line\":1,\"column\":7,")
            + "\"labels\":{\"profile\":\"eu\"}}],\"steps\":[],\"down\":[{\"source\":\""
            + (no + "\",\"reason\":\"no layer: no value is given for {env}\"}]}\n"),
        Run.gimbal(json.toArray(String[]::new)).out());
  }

  @Test
  void misspeltProfile_isAnErrorThatOffersTheRightOne() {
    Run expected =
        new Run(
            3,
            "",
            "GIM-011 there is nothing at this path (profile=prdo; there is one for profile=eu,"
                + " profile=prod); did you mean profile=prod?\n        at "
                + (dir + "/app-prdo.yaml\n"));
    assertEquals(expected, get("--profile", "prdo"));
    assertEquals(
        expected,
        Run.gimbal("get", "-s", dir + "/app-{profile}.yaml?secret=true", "--profile", "prdo"));
  }

  @Test
  void check_leavesOutTheSourcesOfATextThatAreWrong_notTheOthers() throws IOException {
    Files.writeString(dir.resolve("bad-eu.yaml"), "url: ${none}\n");

    Run run = Run.gimbal("check", "-s", dir + "/bad-{profile}.yaml", "--profile", "prod,eu");

    assertEquals(3, run.exit());
    String said = run.err().replace(dir + "/", "").replaceAll("(?m)^ +\\d* \\|.*\n", "");
    assertEquals(
        "GIM-004 unexpected end of the document, expected ',' or ']' of the list that begins at 1:7\n"
            + "        at bad-prod.yaml:2:1\n"
            + "in the other sources:\n"
            + "GIM-008 url: none is absent, and ${none} has no default\n"
            + "        at bad-eu.yaml:1:6\n",
        said);
  }

  @Test
  void check_warnsOfALayerWhoseLabelIsMissing() {
    assertEquals(
        new Run(
            0,
            "ok: 2 sources, 1 key\n",
            "warning: optional: GIM-011 no layer: no value is given for {profile}\n        at "
                + (profiles + "\n")),
        Run.gimbal("check", "-s", dir + "/app.yaml", "-s", profiles));
  }

  @Test
  void batch_hasTheLabelsForEachLine() {
    Run run = Run.reading(profiles + "\nmap.yaml\n", "get", "port", "--batch", "--profile", "eu");

    assertEquals(
        "{\"source\":\"" + profiles + "\",\"exit\":0,\"output\":82}", run.out().split("\n")[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--label env=eu | 2 | gimbal get: label env: no source has {env} in its text (see gimbal get"
            + " --help)",
        "--label profil=eu | 2 | gimbal get: label profil: no source has {profil} in its text; did"
            + " you mean profile? (see gimbal get --help)",
        "--label 1=eu | 2 | gimbal get: label \"1\" (expected: a letter, then letters, digits, - and"
            + " _) (see gimbal get --help)",
        "--label env | 2 | gimbal get: --label: \"env\" (expected: NAME=VALUE) (see gimbal get"
            + " --help)",
        "--profile ../etc | 3 | GIM-014 label profile: \"../etc\" (expected: up to 100 letters,"
            + " digits, ., _ and -, without ..)",
      })
  void wrongLabels_areTold(String labels, int exit, String message) {
    assertEquals(new Run(exit, "", message + "\n"), get(labels.split(" ")));
  }
}
