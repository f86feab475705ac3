package dev.gimbal.secrets;

import dev.gimbal.secret.EncryptedValue;
import dev.gimbal.secret.EncryptionAlgorithm;
import dev.gimbal.secret.EncryptionKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A document with a secret of each kind, and those secrets.
 *
 * @param unmarked the one that is not marked; null where all are
 */
record SecretDocument(
    String format, String text, Mark unmarked, Map<Mark, List<String>> secrets, Random random) {

  /** What makes a value a secret, and its path where it is one and where it is not. */
  enum Mark {
    KEY("a.password", "a.passage"),
    ENCRYPTED("a.sealed", "a.sealed"),
    TYPE("a.account.iban", "a.account.iban"),
    SCHEMA("a.pin", "a.pin");

    private final String marked;
    private final String plain;

    Mark(String marked, String plain) {
      this.marked = marked;
      this.plain = plain;
    }
  }

  static final List<String> FORMATS =
      List.of("conf", "xml", "hcl", "env", "yaml", "json", "toml", "properties");

  static final List<EncryptionKey> KEYS =
      List.of(
          EncryptionKey.generate("aes"),
          EncryptionKey.generate("secretbox", EncryptionAlgorithm.named("nacl-secretbox")).get(0),
          EncryptionKey.generate("box", EncryptionAlgorithm.named("nacl-box")).get(0));

  static SecretDocument of(String format, Mark unmarked, Random random) {
    Map<Mark, List<String>> secrets = new EnumMap<>(Mark.class);
    for (Mark mark : Mark.values()) {
      secrets.put(mark, new ArrayList<>());
    }
    SecretDocument empty = new SecretDocument(format, "", unmarked, secrets, random);
    String password = empty.path(Mark.KEY).substring(2);
    String sealed = empty.next(Mark.ENCRYPTED);
    if (unmarked != Mark.ENCRYPTED) {
      sealed = empty.encrypted("a.sealed", sealed);
    }
    String text =
        text(format)
            .replace("PASSWORD", password)
            .replace("@1", empty.next(Mark.KEY))
            .replace("@2", sealed)
            .replace("@3", empty.next(Mark.TYPE))
            .replace("@4", empty.next(Mark.SCHEMA));
    return new SecretDocument(format, text, unmarked, secrets, random);
  }

  private static String text(String format) {
    return switch (format) {
      case "conf" ->
          """
          a { PASSWORD = "@1", sealed = "@2" // c
            account = { user = app
              iban : @3 }
            pin = "@4"
          }
          """;
      case "xml" ->
          """
          <c>
            <a PASSWORD="@1" pin="@4">
              <sealed>@2</sealed><!-- c -->
              <account user="app"><iban>@3</iban></account>
            </a>
          </c>
          """;
      case "hcl" ->
          """
          a {
            PASSWORD = "@1"
            sealed   = "@2" # c
            pin      = "@4"
            account {
              user = "app"
              iban = "@3"
            }
          }
          """;
      case "yaml" ->
          """
          a:
            PASSWORD: "@1"
            sealed: @2 # c
            account: {user: app, iban: @3}
            pin: |-
              @4
          """;
      case "json" ->
          """
          {"a": {"PASSWORD": "@1", "sealed": "@2",
                 "account": {"user": "app", "iban": "@3"},
                 "pin": "@4"}}
          """;
      case "toml" ->
          """
          [a]
          PASSWORD = '@1'
          sealed = "@2" # c
          pin = "@4"
          [a.account]
          user = "app"
          iban = "@3"
          """;
      default ->
          """
          # c
          a.PASSWORD=@1
          a.sealed=@2
          a.account.user=app
          a.account.iban=@3
          a.pin=@4
          """;
    };
  }

  String path(Mark mark) {
    return mark == unmarked ? mark.plain : mark.marked;
  }

  /** One more secret of a kind: letters. */
  String next(Mark mark) {
    StringBuilder text = new StringBuilder("x");
    for (int i = 0; i < 14; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    secrets.get(mark).add(text.toString());
    return text.toString();
  }

  /** By one of the algorithms. */
  String encrypted(String path, String text) {
    EncryptionKey key = KEYS.get(random.nextInt(KEYS.size()));
    return EncryptedValue.encrypt(key, path, text).toString();
  }

  /** Damage beside a secret, which makes no key of it. */
  List<String> damaged() {
    List<String> junk = List.of("\"", "'", "&", "${a", "\u0000", "]", "\\u00zz", "}");
    List<String> damaged = new ArrayList<>();
    for (List<String> kind : secrets.values()) {
      int at = text.indexOf(kind.get(0));
      if (at >= 0) { // else it is encrypted
        int place = random.nextBoolean() ? at : at + kind.get(0).length();
        String beside = junk.get(random.nextInt(junk.size()));
        damaged.add(text.substring(0, place) + beside + text.substring(place));
      }
    }
    return damaged;
  }
}
