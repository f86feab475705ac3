package dev.gimbal.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.ConfigPath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretKeysTest {

  private static final List<String> SECRET =
      List.of(
          "password",
          "PASSWORD",
          "Password",
          "passwords",
          "dbPassword",
          "db-password",
          "db_password",
          "db.password",
          "db password",
          "DB_PASSWORD",
          "passwordHash",
          "password2",
          "2password",
          "passphrase",
          "keyPassphrase",
          "passphrases",
          "secret",
          "clientSecret",
          "SECRETS",
          "secretName",
          "token",
          "token2",
          "oauth2Token",
          "APIToken",
          "tokens",
          "accessTokens",
          "token_ttl",
          "credential",
          "credentials",
          "AWSCredentials",
          "apiKey",
          "api-key",
          "api_key",
          "API_KEY",
          "APIKey",
          "APIKeys",
          "apiKeys",
          "api.key",
          "myApiKey",
          "accessKey",
          "AWS_ACCESS_KEY",
          "s3AccessKey",
          "privateKey",
          "private-keys",
          "licenseKey",
          "LICENSE_KEYS",
          "apiKey2",
          "access_key_1",
          "a/token",
          "passwd",
          "DB_PASSWD",
          "userPasswd",
          "pwd",
          "MYSQL_PWD",
          "dbPwd",
          "PGPASSWORD",
          "apikey",
          "APIKEY",
          "stripe.apikeys",
          "my_apikey",
          "secretkey",
          "AWS_SECRETKEY",
          "secretkeyFile",
          "privatekey",
          "accesskey",
          "licensekey",
          "\u00E9t\u00E9Token");

  private static final List<String> OPEN =
      List.of(
          "",
          "key",
          "keys",
          "keyboard",
          "monkey",
          "tokenizer",
          "tokenize",
          "publicKey",
          "public_key",
          "apiKeyId",
          "AWS_ACCESS_KEY_ID",
          "access",
          "api",
          "private",
          "license",
          "apiKeyboard",
          "keyApi",
          "primaryKey",
          "passwordless",
          "secretary",
          "secretive",
          "pass",
          "passport",
          "credentialing",
          "tokenss",
          "to-ken",
          "toKen",
          "apisKey",
          "key.api",
          "user",
          "api.public.key",
          "...",
          "42",
          "subtoken",
          "passwdless",
          "apikeyFile",
          "apikeyboard",
          "publickey",
          "pwdx",
          "licenses");

  @Test
  void isSecret_ofTheTable_followsTheWordsOfTheKey() {
    List<String> wrong = new ArrayList<>();
    SECRET.stream().filter(key -> !SecretKeys.isSecret(key)).forEach(wrong::add);
    OPEN.stream().filter(SecretKeys::isSecret).forEach(wrong::add);
    assertEquals(List.of(), wrong);
    assertEquals(67, SECRET.size());
    assertEquals(40, OPEN.size());
  }

  @Test
  void isSecret_ofAPath_asksTheOwnKeyOnly() {
    assertTrue(SecretKeys.isSecret(ConfigPath.parse("db.password")));
    assertTrue(SecretKeys.isSecret(ConfigPath.parse("tokens[3]")));
    assertTrue(SecretKeys.isSecret(ConfigPath.parse("tokens[3][0]")));
    assertTrue(SecretKeys.isSecret(ConfigPath.parse("password.\"\"")));
    assertFalse(SecretKeys.isSecret(ConfigPath.parse("token.ttl")));
    assertFalse(SecretKeys.isSecret(ConfigPath.parse("credentials.github.user")));
    assertFalse(SecretKeys.isSecret(ConfigPath.parse("tokens[3].name")));
    assertTrue(SecretKeys.isSecret(ConfigPath.parse("x.\"my.api.key\"")));
    assertFalse(SecretKeys.isSecret(ConfigPath.parse("api.key")));
    assertFalse(SecretKeys.isSecret(ConfigPath.parse("[0].a[1]")));
    assertFalse(SecretKeys.isSecret(ConfigPath.ROOT));
  }
}
