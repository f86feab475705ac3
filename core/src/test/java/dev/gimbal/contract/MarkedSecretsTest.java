package dev.gimbal.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.Change;
import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.Sources;
import dev.gimbal.TypeRef;
import dev.gimbal.Validator;
import dev.gimbal.Verdict;
import dev.gimbal.bind.Default;
import dev.gimbal.bind.Sensitive;
import dev.gimbal.secret.Secret;
import dev.gimbal.source.MemorySource;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** G11: secrets that a pattern, a type, an annotation or a validator names. */
@Tag("G11")
@Timeout(60)
class MarkedSecretsTest {

  private static final String SECRET = "hunter2";

  private final MemorySource memory = Sources.memory("memory");

  private Config.Builder builder() {
    return Config.builder().source(memory);
  }

  private static void assertMasked(Config config, String... paths) {
    for (String path : paths) {
      assertEquals(Optional.of("***"), config.explain(path).value(), path);
      assertFalse(config.explain(path).toString().contains(SECRET), path);
      assertEquals(path + " = ***", config.get(path).toString());
    }
    assertFalse(config.root().toString().contains(SECRET));
  }

  private static void assertShown(Config config, String... paths) {
    for (String path : paths) {
      assertFalse(config.get(path).toString().endsWith("***"), path);
    }
  }

  @Test
  void pattern_marksWhatStandsThere_andBelow_inAnySpelling() {
    memory.put("payment.cardPin", SECRET);
    memory.put("payment.a.pin", SECRET);
    memory.put("payment.a.b.pin", "shown");
    memory.put("vault.x.y", SECRET);
    memory.put("cards", List.of(Map.of("no", SECRET, "name", "shown"), Map.of("no", SECRET)));
    memory.put("deep.er.iban", SECRET);
    memory.put("iban", SECRET);
    try (Config config =
        builder()
            .secret("payment.card-pin")
            .secret("payment.*.pin")
            .secret("vault")
            .secret("cards[0].no")
            .secret("**.iban")
            .build()) {
      assertMasked(config, "payment.cardPin", "payment.a.pin", "vault.x.y", "iban");
      assertMasked(config, "cards[0].no", "cards[1].no", "deep.er.iban");
      assertShown(config, "payment.a.b.pin", "cards[0].name");
      assertEquals(SECRET, config.get("vault.x.y").asString());
    }
  }

  @Test
  void pattern_followsWrites_placeholders_andErrors() {
    try (Config config =
        Config.builder()
            .source(Sources.map("low", Map.of("url", "x:${pin}@y", "pin", "low")))
            .source(memory)
            .secret("pin")
            .build()) {
      assertMasked(config, "pin", "url");
      memory.put("other", 1);
      memory.put("pin", SECRET);
      assertMasked(config, "pin", "url");
      assertEquals("x:" + SECRET + "@y", config.get("url").asString());
      ConfigException e = assertThrows(ConfigException.class, () -> config.get("pin").asInt());
      assertTrue(String.valueOf(e.getMessage()).contains("found ***"), e.getMessage());
      memory.remove("pin");
      assertMasked(config, "pin", "url");
    }
  }

  @Test
  void pattern_thatIsNoPath_isRefused() {
    assertThrows(ConfigException.class, () -> builder().secret("a..b").build());
  }

  @Test
  void pattern_marksVariables() {
    Source variables =
        new Source() {
          @Override
          public String name() {
            return "told";
          }

          @Override
          public Session open(Sink to) {
            Map<String, String> values = Map.of("DB_PIN", SECRET, "DB_NAME", "shown");
            to.variables(
                Revision.of(1), new Variables(Variables.Style.ENVIRONMENT, "APP_", values, false));
            return () -> {};
          }
        };
    try (Config config = Config.builder().source(variables).secret("db.pin").build()) {
      assertMasked(config, "db.pin");
      assertShown(config, "db.name");
      assertEquals(SECRET, config.get("db.pin").asString());
    }
  }

  record Account(String user, Secret<String> pin, @Sensitive String iban) {}

  @Sensitive
  record Card(String number) {}

  record Tree(Optional<Secret<Integer>> code, @Default("") List<Tree> children) {}

  record Shop(
      Account account,
      Map<String, Account> others,
      List<Card> cards,
      Optional<Tree> tree,
      @Default("d") Secret<String> byDefault,
      Secret<List<Integer>> numbers,
      Optional<Chain> chain) {}

  record Chain(String name, Optional<Chain> next) {}

  private void putShop(String at) {
    memory.put(at + ".account", Map.of("user", "u", "pin", SECRET, "iban", SECRET));
    memory.put(at + ".others.x", Map.of("user", "u", "pin", SECRET, "iban", SECRET));
    memory.put(at + ".cards", List.of(Map.of("number", SECRET)));
    memory.put(at + ".numbers", List.of(1, 2));
    memory.put(at + ".chain", Map.of("name", "a", "next", Map.of("name", "b")));
    memory.put(
        at + ".tree", Map.of("code", 4711, "children", List.of(Map.of("code", 4712), Map.of())));
  }

  private static void assertShopMasked(Config config, String at) {
    assertMasked(config, at + ".account.pin", at + ".account.iban", at + ".others.x.pin");
    assertMasked(config, at + ".cards[0].number", at + ".tree.code");
    assertEquals(Optional.of("[\"***\",\"***\"]"), config.explain(at + ".numbers").value());
    assertMasked(config, at + ".tree.children[0].code");
    assertShown(config, at + ".account.user", at + ".others.x.user", at + ".chain.next.name");
  }

  @Test
  void type_thatIsDeclared_marksItsMembers() {
    putShop("shop");
    try (Config config = builder().declare("shop", Shop.class).build()) {
      assertShopMasked(config, "shop");
      Shop shop = config.get("shop").as(Shop.class);
      assertEquals(SECRET, shop.account().pin().reveal());
      assertEquals(Secret.of(List.of(1, 2)), shop.numbers());
      assertEquals("d", shop.byDefault().reveal());
      assertEquals("Account[user=u, pin=***, iban=" + SECRET + "]", shop.account().toString());
      assertEquals(Optional.of(Secret.of(4711)), shop.tree().orElseThrow().code());
    }
  }

  @Test
  @Tag("G3")
  void type_thatIsDeclaredLater_marksItsMembers_andWakesNobody() throws Exception {
    putShop("shop");
    memory.put("pin", "other");
    try (Config config = builder().build()) {
      List<Change> changes = new CopyOnWriteArrayList<>();
      config.onChange("", changes::add);
      assertShown(config, "shop.account.pin");
      assertEquals(SECRET, config.live("shop", Shop.class).get().account().pin().reveal());
      assertShopMasked(config, "shop");
      assertEquals("other", config.live("pin", new TypeRef<Secret<String>>() {}).get().reveal());
      assertMasked(config, "pin");
      memory.put("end", 1);
      config.awaitDelivered(config.snapshot().version(), java.time.Duration.ofSeconds(30));
      List<String> told = new ArrayList<>();
      changes.forEach(c -> c.changes().forEach(entry -> told.add(entry.path().toString())));
      assertEquals(List.of("end"), told);
    }
  }

  interface Pinned {
    @Sensitive
    String pin();

    String user();
  }

  interface Numbered extends Pinned {
    @Sensitive
    String getCode();
  }

  @Sensitive
  interface Hidden {}

  abstract static class Holder {
    @Sensitive
    public abstract void setIban(String iban);
  }

  record Key(String pin, String user, String code) implements Numbered {
    @Override
    public String getCode() {
      return code;
    }
  }

  interface Getters extends Numbered {
    @Override
    String pin();

    @Override
    String getCode();
  }

  /** A bean. */
  public static final class Holding extends Holder {
    private String iban = "";
    private String name = "";

    @Override
    public void setIban(String iban) {
      this.iban = iban;
    }

    public void setName(String name) {
      this.name = name;
    }

    String text() {
      return name + iban;
    }
  }

  record Note(String text) implements Hidden {}

  record Above(
      Key key, Getters getters, Holding holding, Note note, Secret<String>[] pins, Card[] cards) {}

  @Test
  void whatATypeAboveSays_holdsForTheTypesBelow() {
    Map<String, String> key = Map.of("pin", SECRET, "user", "u", "code", SECRET);
    memory.put("x.key", key);
    memory.put("x.getters", key);
    memory.put("x.holding", Map.of("iban", SECRET, "name", "n"));
    memory.put("x.note.text", SECRET);
    memory.put("x.pins", List.of(SECRET));
    memory.put("x.cards", List.of(Map.of("number", SECRET)));
    try (Config config = builder().declare("x", Above.class).build()) {
      assertMasked(config, "x.key.pin", "x.key.code", "x.getters.pin", "x.getters.code");
      assertMasked(config, "x.holding.iban", "x.note.text", "x.pins[0]", "x.cards[0].number");
      assertShown(config, "x.key.user", "x.getters.user", "x.holding.name");
      Above above = config.get("x").as(Above.class);
      assertEquals("n" + SECRET, above.holding().text());
      assertEquals(SECRET, above.pins()[0].reveal());
    }
  }

  @Test
  void arrayOfSecrets_thatIsATextWithCommas_isMasked() {
    memory.put("x.pins", SECRET + ",y");
    try (Config config = builder().declare("x.pins", new TypeRef<Secret<String>[]>() {}).build()) {
      assertMasked(config, "x.pins");
    }
  }

  record Db(String url, Secret<String> pw) {}

  record Pair(Db a, Db b) {}

  @Test
  void type_thatStandsInTwoPlaces_isMarkedInBoth_alsoIfOneWasKnownBefore() {
    memory.put("a", Map.of("url", "u", "pw", SECRET));
    memory.put("b", Map.of("url", "u", "pw", SECRET));
    try (Config config = builder().secret("a.pw").declare("", Pair.class).build()) {
      assertMasked(config, "a.pw", "b.pw");
      assertShown(config, "a.url", "b.url");
    }
  }

  record Even(Optional<Odd> odd, Optional<Secret<String>> s) {}

  record Odd(Optional<Even> even, Optional<Odd> next, Optional<String> name) {}

  @Test
  void types_thatHoldEachOther_areMarkedAtEveryDepth() {
    Map<String, Object> even = Map.of("s", SECRET);
    Map<String, Object> odd = Map.of("name", "n", "next", Map.of("even", even, "name", "n"));
    memory.put("r", Map.of("odd", odd, "s", SECRET));
    try (Config config = builder().declare("r", Even.class).build()) {
      assertMasked(config, "r.s", "r.odd.next.even.s");
      assertShown(config, "r.odd.name");
    }
  }

  @Test
  void rollback_toWhatWasNotMarkedThen_showsItMarked() {
    memory.put("x", SECRET);
    try (Config config = builder().build()) {
      final long first = config.snapshot().version();
      memory.put("other", 1);
      assertEquals(SECRET, config.live("x", new TypeRef<Secret<String>>() {}).get().reveal());
      config.history().rollback(first);
      assertMasked(config, "x");
      assertEquals(false, config.get("other").exists());
      config.history().release();
      assertMasked(config, "x");
    }
  }

  @Test
  void declarationWhileAVersionIsPinned_marksWhatIsShown() {
    memory.put("x", SECRET);
    try (Config config = builder().build()) {
      final long first = config.snapshot().version();
      memory.put("other", 1);
      config.history().rollback(first);
      config.live("x", new TypeRef<Secret<String>>() {});
      assertMasked(config, "x");
      assertEquals(true, config.history().pinned().isPresent());
      config.history().release();
      assertMasked(config, "x");
      assertEquals(1, config.get("other").asInt());
    }
  }

  @Test
  @Tag("G2")
  void variables_thatBecomeADocument_orNothing_leaveNothing() throws Exception {
    Sink[] sink = new Sink[1];
    Source source =
        new Source() {
          @Override
          public String name() {
            return "told";
          }

          @Override
          public Session open(Sink to) {
            sink[0] = to;
            to.variables(
                Revision.of(1),
                new Variables(
                    Variables.Style.ENVIRONMENT, "APP_", Map.of("DB_NAME", "old"), false));
            return () -> {};
          }
        };
    try (Config config = Config.builder().source(source).secret("pin").build()) {
      assertEquals("old", config.get("db.name").asString());
      sink[0].document(Revision.of(2), dev.gimbal.format.Document.EMPTY);
      config.awaitVersion(2, java.time.Duration.ofSeconds(30));
      assertEquals(Map.of(), config.root().asMap());
    }
  }

  record Pins(List<Secret<String>> pins, List<String> names) {}

  @Test
  void listOfSecrets_thatIsATextWithCommas_isMasked() {
    memory.put("p.pins", SECRET + ",x");
    memory.put("p.names", "a,b");
    memory.put("q", SECRET);
    try (Config config =
        builder().declare("p", Pins.class).secret("q.*").secret("r.**.*").build()) {
      assertMasked(config, "p.pins", "q");
      assertShown(config, "p.names");
      assertEquals(SECRET, config.get("p").as(Pins.class).pins().get(0).reveal());
      ConfigException e =
          assertThrows(
              ConfigException.class,
              () -> config.live("p.pins", new TypeRef<List<Secret<Integer>>>() {}));
      assertFalse(String.valueOf(e.getMessage()).contains(SECRET), e.getMessage());
    }
  }

  @Test
  void errorOfASecretThatIsAskedFor_doesNotShowIt() {
    memory.put("x", SECRET);
    try (Config config = builder().build()) {
      ConfigException e =
          assertThrows(
              ConfigException.class, () -> config.get("x").as(new TypeRef<Secret<Integer>>() {}));
      assertFalse(String.valueOf(e.getMessage()).contains(SECRET), e.getMessage());
      assertTrue(String.valueOf(e.getMessage()).contains("found ***"), e.getMessage());
    }
  }

  @Test
  void declarationWhileAVersionIsPinned_resolvesNothingAnew() {
    System.setProperty("gimbal.test.marked", "one");
    try (Config config =
        Config.builder()
            .source(Sources.map("map", Map.of("x", "${sys:gimbal.test.marked}")))
            .source(memory)
            .build()) {
      final long first = config.snapshot().version();
      memory.put("other", 1);
      config.history().rollback(first);
      System.setProperty("gimbal.test.marked", "two");
      config.live("x", new TypeRef<Secret<String>>() {});
      assertEquals("one", config.get("x").asString());
      assertMasked(config, "x");
    } finally {
      System.clearProperty("gimbal.test.marked");
    }
  }

  @Test
  void valueThatDoesNotConvert_isNotShown() {
    memory.put("shop", Map.of("code", SECRET));
    ConfigException e =
        assertThrows(ConfigException.class, () -> builder().declare("shop", Tree.class).build());
    assertFalse(String.valueOf(e.getMessage()).contains(SECRET), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("found ***"), e.getMessage());
  }

  @Test
  void validator_namesSecrets() {
    memory.put("iban", SECRET);
    Validator validator =
        new Validator() {
          @Override
          public Verdict validate(dev.gimbal.Snapshot candidate) {
            return Verdict.accept();
          }

          @Override
          public List<String> secrets() {
            return List.of("iban");
          }
        };
    try (Config config = builder().validator("v", validator).build()) {
      assertMasked(config, "iban");
    }
  }

  @Test
  void secretsOfEqualValues_areEqual_andShowNothing() {
    assertEquals(Secret.of(new byte[] {1, 2}), Secret.of(new byte[] {1, 2}));
    assertEquals(Secret.of(new byte[] {1, 2}).hashCode(), Secret.of(new byte[] {1, 2}).hashCode());
    assertFalse(Secret.of(SECRET).equals(Secret.of("other")));
    assertFalse(Secret.of(SECRET).equals((Object) SECRET));
    assertEquals("***", Secret.of(SECRET).toString());
    assertThrows(NullPointerException.class, () -> Secret.of(null));
    assertThrows(
        IllegalArgumentException.class, () -> builder().declare("x", Secret.class).build().close());
  }
}
