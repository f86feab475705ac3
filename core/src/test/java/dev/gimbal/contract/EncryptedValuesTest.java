package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Problem;
import dev.gimbal.SourceStatus;
import dev.gimbal.Sources;
import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionKey;
import dev.gimbal.secret.KeyProvider;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.Patch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** G7, G11: values that are written encrypted. */
@Timeout(60)
class EncryptedValuesTest {

  private static final EncryptionKey KEY = EncryptionKey.generate("k1");
  private static final String SECRET = "hunter2";

  @TempDir Path folder;

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("app.properties"), List.of(lines));
  }

  private static String encrypted(String path, String text) {
    return EncryptedValue.encrypt(KEY, path, text).toString();
  }

  private static Config.Builder builder() {
    return Config.builder().keys(KeyProvider.of(KEY));
  }

  private static void requireAbsent(String text) {
    assertFalse(text.indexOf(SECRET) >= 0, text);
  }

  private static ConfigException refusal(Config.Builder builder) {
    ConfigException e = assertThrows(ConfigException.class, builder::build);
    StringWriter out = new StringWriter();
    e.printStackTrace(new PrintWriter(out, true));
    requireAbsent(out.toString());
    return e;
  }

  /** A source that says what it is told to. */
  private static final class Told implements Source {
    private volatile Sink sink;
    private final Variables first;

    Told(Variables first) {
      this.first = first;
    }

    @Override
    public String name() {
      return "told";
    }

    @Override
    public Session open(Sink to) {
      sink = to;
      to.variables(Revision.of(1), first);
      return () -> {};
    }
  }

  @Test
  void encryptedValue_isReadAsItsText_andIsASecretWhateverItsKey() throws IOException {
    Path file = file("db.host=" + encrypted("db.host", SECRET), "url=jdbc:${db.host}/x");
    try (Config config = builder().source(Sources.file(file)).build()) {
      assertEquals(SECRET, config.get("db.host").asString());
      assertEquals("jdbc:" + SECRET + "/x", config.get("url").asString());
      assertEquals(Optional.of("***"), config.explain("db.host").value());
      assertEquals(Optional.of("***"), config.explain("url").value());
      assertEquals(Optional.of(SECRET), config.explain("db.host", true).value());
      requireAbsent(config.explain("db.host").toString());
      requireAbsent(config.explain("url").toString());
      requireAbsent(config.root().toString());
      requireAbsent(String.valueOf(config.root().masked()));
      ConfigException e = assertThrows(ConfigException.class, () -> config.get("db.host").asInt());
      assertEquals(
          "found ***, expected an integer from -2147483648 to 2147483647",
          e.problems().get(0).message());
      ConfigException ofUrl = assertThrows(ConfigException.class, () -> config.get("url").asInt());
      assertEquals(
          "found ***, expected an integer from -2147483648 to 2147483647",
          ofUrl.problems().get(0).message());
    }
  }

  @Test
  void valueThatDoesNotDecrypt_refusesTheDocument_andNamesThePlace() throws Exception {
    Path file = file("a=1", "db.host=" + encrypted("db.host", SECRET));
    try (Config config = builder().source(Sources.file(file)).build()) {
      file("a=2", "", "db.host=" + encrypted("db.other", SECRET));
      ConfigException refused = assertThrows(ConfigException.class, config::reload);
      Problem problem = refused.problems().get(0);
      assertEquals(ErrorCode.DECRYPTION, problem.code());
      assertEquals("db.host", String.valueOf(problem.path()));
      assertEquals(file + ":3:9", String.valueOf(problem.origin()).replaceFirst("^.* ", ""));
      assertEquals(1, config.get("a").asInt());
      assertEquals(SECRET, config.get("db.host").asString());
      assertEquals(SourceStatus.State.DEGRADED, config.status().sources().get(0).state());
      file("a=3", "db.host=" + encrypted("db.host", "next"));
      config.reload();
      assertEquals(3, config.get("a").asInt());
      assertEquals("next", config.get("db.host").asString());
    }
  }

  @Test
  void start_withoutTheKeyOfMany_tellsThreePlacesInTheirOrder_andHowManyMore() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lines.add("k" + i * 7 % 20 + "=" + encrypted("x", SECRET));
    }
    ConfigException refused =
        refusal(Config.builder().source(Sources.file(file(lines.toArray(new String[0])))));
    String why = "it is encrypted with key \"k1\", and no keys were given";
    assertEquals(
        List.of(why, why, why + "; the same for 17 more values"),
        refused.problems().stream().map(Problem::message).toList());
    assertEquals(
        List.of("k0 1", "k7 2", "k14 3"),
        refused.problems().stream()
            .map(p -> p.path() + " " + Objects.requireNonNull(p.origin()).line())
            .toList());
  }

  @Test
  void start_withoutTheKey_saysWhich_andAllAtOnce() throws IOException {
    Path file = file("a=" + encrypted("a", SECRET), "b=ENC[x]", "c=" + encrypted("x", SECRET));
    ConfigException none = refusal(Config.builder().source(Sources.file(file)));
    assertEquals(
        List.of(
            "it is encrypted with key \"k1\", and no keys were given",
            "an encrypted value (expected: ENC[algorithm,key-id,base64])",
            "it is encrypted with key \"k1\", and no keys were given"),
        none.problems().stream().map(Problem::message).toList());
    ConfigException others =
        refusal(
            Config.builder()
                .keys(KeyProvider.of(EncryptionKey.generate("k2")))
                .source(Sources.file(file)));
    assertEquals(
        "it is encrypted with key \"k1\", which is none of those that were given",
        others.problems().get(0).message());
    ConfigException failing =
        refusal(
            Config.builder()
                .keys(
                    id -> {
                      throw new IOException("the vault is sealed");
                    })
                .source(Sources.file(file)));
    assertEquals("the vault is sealed", failing.problems().get(0).message());
  }

  @Test
  void algorithmThatIsNotThere_namesTheModuleThatHasIt() throws IOException {
    Path file = file("a=ENC[nacl-box,k2,AAAA]", "b=ENC[nacl-box,k1,AAAA]");
    assertEquals(
        List.of(
            "no such algorithm (expected: aes-256-gcm; with gimbal-nacl also nacl-box, nacl-secretbox)",
            "it is of nacl-box, and key \"k1\" is of aes-256-gcm"),
        refusal(builder().source(Sources.file(file))).problems().stream()
            .map(Problem::message)
            .toList());
  }

  @Test
  void withoutDecrypting_encryptedValuesAreTexts() throws Exception {
    String written = encrypted("a", SECRET);
    Map<String, String> values = Map.of("a", written);
    Variables variables = new Variables(Variables.Style.PATH, "", values, false);
    try (Config config = Config.builder().decrypting(false).source(new Told(variables)).build()) {
      assertEquals(written, config.get("a").asString());
    }
    Told told = new Told(new Variables(Variables.Style.PATH, "", Map.of(), false));
    try (Config config =
        Config.builder()
            .decrypting(false)
            .source(Sources.file(file("a=" + written)))
            .source(told)
            .build()) {
      assertEquals(written, config.get("a").asString());
      told.sink.document(Revision.of(2), dev.gimbal.format.Document.EMPTY);
      told.sink.patch(Revision.of(3), Patch.builder().set("c", written).build());
      config.awaitVersion(2, Duration.ofSeconds(30));
      assertEquals(written, config.get("c").asString());
    }
  }

  @Test
  void severalProviders_theFirstThatHasTheKeyGivesIt() throws IOException {
    Path file = file("a=" + encrypted("a", SECRET));
    Config.Builder builder =
        Config.builder()
            .keys(
                id -> {
                  throw new IOException("down");
                })
            .keys(KeyProvider.of(EncryptionKey.generate("k2"), KEY))
            .source(Sources.file(file));
    try (Config config = builder.build()) {
      assertEquals(SECRET, config.get("a").asString());
    }
  }

  @Test
  void valueEncryptedAnew_withTheSameText_publishesNothing() throws IOException {
    EncryptionKey next = EncryptionKey.generate("k2");
    Path file = file("a=" + encrypted("a", SECRET));
    try (Config config =
        Config.builder().keys(KeyProvider.of(KEY, next)).source(Sources.file(file)).build()) {
      file("a=" + EncryptedValue.encrypt(next, "a", SECRET));
      assertEquals(1, config.reload());
      file("a=" + EncryptedValue.encrypt(next, "a", "other"));
      assertEquals(2, config.reload());
    }
  }

  @Test
  void variables_areBoundToTheirName_orTheirPath() {
    Variables environment =
        new Variables(
            Variables.Style.ENVIRONMENT,
            "APP_",
            Map.of("DB_HOST", encrypted("APP_DB_HOST", SECRET)),
            false);
    try (Config config = builder().source(new Told(environment)).build()) {
      assertEquals(SECRET, config.get("db.host").asString());
      assertEquals("db.host = ***", config.get("db.host").toString());
      requireAbsent(config.explain("db.host").toString());
    }
    Variables paths =
        new Variables(
            Variables.Style.PATH, "--", Map.of("db.host", encrypted("db.host", SECRET)), false);
    try (Config config = builder().source(new Told(paths)).build()) {
      assertEquals(SECRET, config.get("db.host").asString());
      assertEquals("db.host = ***", config.get("db.host").toString());
    }
    Variables moved =
        new Variables(
            Variables.Style.ENVIRONMENT,
            "APP_",
            Map.of("DB_HOST", encrypted("db.host", SECRET)),
            false);
    assertEquals(ErrorCode.DECRYPTION, refusal(builder().source(new Told(moved))).code());
  }

  @Test
  void environmentWithoutPrefix_mayHoldWhatOtherToolsEncrypt() {
    Variables whole =
        new Variables(
            Variables.Style.ENVIRONMENT,
            "",
            Map.of("OTHER_TOKEN", "ENC[PKCS7,MIIB]", "PIN", encrypted("PIN", SECRET)),
            true);
    try (Config config =
        builder()
            .source(Sources.map("map", Map.of("pin", "none")))
            .source(new Told(whole))
            .build()) {
      assertEquals(SECRET, config.get("pin").asString());
      assertEquals("pin = ***", config.get("pin").toString());
    }
    Variables own =
        new Variables(
            Variables.Style.ENVIRONMENT, "APP_", Map.of("TOKEN", "ENC[PKCS7,MIIB]"), false);
    assertEquals(ErrorCode.DECRYPTION, refusal(builder().source(new Told(own))).code());
  }

  @Test
  void valueThatIsCutOff_orHasMoreAroundIt_isRefused_andNeverATextOfItsOwn() throws IOException {
    String inFile = encrypted("db.host", SECRET);
    String inVariable = encrypted("PIN", SECRET);
    List<String> altered = new ArrayList<>(List.of(inFile + " x", "\\ " + inFile));
    List<String> variables = new ArrayList<>(List.of(inVariable + "x", " " + inVariable));
    for (int length = "ENC[aes-256-gcm,".length(); length < inFile.length(); length += 13) {
      altered.add(inFile.substring(0, length));
    }
    for (int length = "ENC[aes-256-gcm,".length(); length < inVariable.length(); length += 13) {
      variables.add(inVariable.substring(0, length));
    }
    for (String text : altered) {
      Path file = file("db.host=" + text);
      ConfigException refused = refusal(builder().source(Sources.file(file)));
      assertEquals(ErrorCode.DECRYPTION, refused.code(), text);
      assertEquals("db.host", String.valueOf(refused.problems().get(0).path()));
    }
    for (String text : variables) {
      Variables told = new Variables(Variables.Style.ENVIRONMENT, "", Map.of("PIN", text), true);
      Config.Builder builder =
          builder().source(Sources.map("map", Map.of("pin", "none"))).source(new Told(told));
      assertEquals(ErrorCode.DECRYPTION, refusal(builder).code(), text);
    }
    assertEquals(12, altered.size() + variables.size());
  }

  @Test
  void explain_ofWhatIsEncrypted_masksAlsoWhatLostToIt() throws IOException {
    Path file =
        file(
            "pin=" + encrypted("pin", "new"),
            "db.host=" + encrypted("db.host", "new"),
            "db.user=v",
            "l[0]=" + encrypted("l[0]", "new"));
    Map<String, Object> low =
        Map.of("pin", SECRET, "db", Map.of("host", SECRET, "user", "u"), "l", List.of("a", SECRET));
    try (Config config =
        builder().source(Sources.map("low", low)).source(Sources.file(file)).build()) {
      for (String path : List.of("pin", "db", "db.host", "l", "l[0]", "")) {
        requireAbsent(config.explain(path).toString());
      }
      assertEquals("***", config.explain("pin").candidates().get(1).value());
      assertEquals(
          "{\"host\":\"***\",\"user\":\"u\"}", config.explain("db").candidates().get(1).value());
      assertEquals(SECRET, config.explain("pin", true).candidates().get(1).value());
    }
  }

  @Test
  void patch_isDecryptedByThePathItSets() throws Exception {
    Told told = new Told(new Variables(Variables.Style.PATH, "", Map.of(), false));
    try (Config config = builder().source(told).build()) {
      told.sink.document(Revision.of(2), dev.gimbal.format.Document.EMPTY);
      Map<String, String> db = Map.of("host", encrypted("db.host", SECRET));
      told.sink.patch(Revision.of(3), Patch.builder().set("db", db).build());
      config.awaitVersion(2, Duration.ofSeconds(30));
      assertEquals(SECRET, config.get("db.host").asString());
      assertEquals("db.host = ***", config.get("db.host").toString());
    }
  }

  @Test
  void secretSource_allItsValuesAreSecrets() {
    MemorySource memory = Sources.memory("memory");
    memory.put("pin", "early");
    memory.put("list", List.of(SECRET, Map.of("k", SECRET)));
    try (Config config =
        Config.builder()
            .source(Sources.map("map", Map.of("copy", "${pin}", "plain", "1")))
            .source(memory.secret())
            .build()) {
      memory.put("pin", SECRET);
      assertEquals(SECRET, config.get("pin").asString());
      assertEquals(SECRET, config.get("copy").asString());
      assertEquals("pin = ***", config.get("pin").toString());
      assertEquals("copy = ***", config.get("copy").toString());
      assertEquals("plain = 1", config.get("plain").toString());
      assertEquals("list = [\"***\",{\"k\":\"***\"}]", config.get("list").toString());
      requireAbsent(config.explain("pin").toString());
      requireAbsent(config.explain("copy").toString());
      requireAbsent(config.explain("list").toString());
    }
  }

  @Test
  void secretSource_thatIsReloaded_staysSecret() throws IOException {
    Path file = file("pin=1");
    try (Config config = Config.builder().source(Sources.file(file).secret()).build()) {
      file("pin=" + SECRET);
      config.reload();
      assertEquals(SECRET, config.get("pin").asString());
      assertEquals("pin = ***", config.get("pin").toString());
    }
  }

  @Test
  void secretSource_ofVariables_allItsValuesAreSecrets() {
    Variables variables = new Variables(Variables.Style.PATH, "--", Map.of("pin", SECRET), false);
    requireAbsent(variables.toString());
    try (Config config = Config.builder().source(new Told(variables).secret()).build()) {
      assertEquals("pin = ***", config.get("pin").toString());
    }
  }

  @Test
  void secretSource_isOptionalIfItsSourceIs() {
    Source optional = Sources.file(folder.resolve("missing.properties")).optional().secret();
    assertEquals(true, optional.isOptional());
    try (Config config = Config.builder().source(optional).build()) {
      assertEquals(false, config.get("a").exists());
    }
  }
}
