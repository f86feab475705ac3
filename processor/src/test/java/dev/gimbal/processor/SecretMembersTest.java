package dev.gimbal.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.Config;
import dev.gimbal.Sources;
import dev.gimbal.bind.Conversions;
import dev.gimbal.bind.Shape;
import dev.gimbal.jsonschema.JsonSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** G11: that what is generated knows the secrets of a type, as reflection does. */
@Tag("G11")
class SecretMembersTest {

  private static final String ACCOUNT =
      """
      @Settings("account") public record Account(
          String user,
          dev.gimbal.secret.Secret<String> pin,
          @dev.gimbal.bind.Sensitive int code,
          Optional<dev.gimbal.secret.Secret<Integer>> maybe,
          @Default("") List<Card> cards) {
        @dev.gimbal.bind.Sensitive public record Card(String no) {}
      }
      """;

  private static final String ABOVE =
      """
      @Settings("below") public record Below(Held held, Named named, Note note) {
        public interface Pinned {
          @dev.gimbal.bind.Sensitive String getPin();
          String name();
        }
        @dev.gimbal.bind.Sensitive public interface Hidden {}
        public record Held(String pin, String name) implements Pinned {
          public String getPin() { return pin; }
        }
        public interface Named extends Pinned {
          String getPin();
          default String both() { return getPin() + name(); }
        }
        public record Note(String text) implements Hidden {}
        public static abstract class Base {
          @dev.gimbal.bind.Sensitive public abstract void setPin(String pin);
        }
        @Settings("bean") public static class Bean extends Base {
          private String pin;
          private String name;
          public void setPin(String pin) { this.pin = pin; }
          public void setName(String name) { this.name = name; }
        }
      }
      """;

  @TempDir Path folder;

  private static List<String> secrets(Compilation compilation, String type) throws Exception {
    Shape.OfObject shape =
        (Shape.OfObject)
            Conversions.installed(List.of()).shape(compilation.loader().loadClass(type));
    return shape.properties().stream().map(p -> p.name() + " " + p.secret()).toList();
  }

  private static Object made(Compilation compilation) throws Exception {
    Map<String, ?> values = Map.of("user", "u", "pin", "1", "code", 2, "maybe", 3);
    try (Config config = Config.builder().source(Sources.map("map", values)).build()) {
      return config.root().as(compilation.loader().loadClass("app.Account")).toString();
    }
  }

  @Test
  void aType_isBoundTheSameWithAndWithoutReflection() throws Exception {
    Compilation with = Compilation.of(folder.resolve("with"), ACCOUNT);
    Compilation without = Compilation.of(folder.resolve("without"), List.of("-proc:none"), ACCOUNT);
    assertEquals(List.of(), with.problems());
    List<String> told =
        List.of("user false", "pin false", "code true", "maybe false", "cards false");
    assertEquals(told, secrets(with, "app.Account"));
    assertEquals(told, secrets(without, "app.Account"));
    String text = "Account[user=u, pin=***, code=2, maybe=Optional[***], cards=[]]";
    assertEquals(text, made(with));
    assertEquals(text, made(without));
  }

  @Test
  void whatTypesAboveSay_isKnownWithAndWithoutReflection_andToSchemas() throws Exception {
    Compilation with = Compilation.of(folder.resolve("with"), ABOVE);
    Compilation without = Compilation.of(folder.resolve("without"), List.of("-proc:none"), ABOVE);
    assertEquals(List.of(), with.problems());
    Map<String, List<String>> told =
        Map.of(
            "Held", List.of("pin true", "name false"),
            "Named", List.of("both false", "pin true", "name false"),
            "Bean", List.of("name false", "pin true"));
    for (Compilation compilation : List.of(with, without)) {
      for (String type : told.keySet()) {
        assertEquals(told.get(type), secrets(compilation, "app.Below$" + type), type);
      }
    }
    JsonSchema schema = JsonSchema.read(folder.resolve("with/META-INF/gimbal/below.schema.json"));
    assertEquals(
        new TreeSet<>(List.of("below.held.pin", "below.named.pin", "below.note")),
        new TreeSet<>(schema.secrets()));
  }

  @Test
  void aSchema_callsThemWriteOnly() throws Exception {
    Compilation.of(folder, ACCOUNT);
    JsonSchema schema = JsonSchema.read(folder.resolve("META-INF/gimbal/account.schema.json"));
    assertEquals(
        new TreeSet<>(List.of("account.pin", "account.code", "account.maybe", "account.cards")),
        new TreeSet<>(schema.secrets()));
    Map<String, ?> values = Map.of("account.user", "u", "account.pin", "1", "account.code", 2);
    try (Config config =
        Config.builder().source(Sources.map("map", values)).validator("schema", schema).build()) {
      assertEquals(Optional.of("***"), config.explain("account.pin").value());
      assertEquals(Optional.of("u"), config.explain("account.user").value());
    }
  }
}
