package dev.gimbal.source.nats;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** An operator of NATS with one account: what tools make for servers that know users by JWT. */
final class Jwt {

  private static final int OPERATOR = 14 << 3;
  private static final int ACCOUNT = 0;

  private final KeyPair operator;
  private final KeyPair account;

  /** That of the servers themselves, without which there is no JetStream. */
  private final KeyPair system;

  Jwt() throws GeneralSecurityException {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("Ed25519");
    operator = keys.generateKeyPair();
    account = keys.generateKeyPair();
    system = keys.generateKeyPair();
  }

  private String operatorId() {
    return Nkey.id(OPERATOR, operator.getPublic());
  }

  private String accountId() {
    return Nkey.id(ACCOUNT, account.getPublic());
  }

  /** Settings of a server that belongs to the operator. */
  String settings() throws GeneralSecurityException {
    String limits =
        """
        "subs":-1,"data":-1,"payload":-1,"imports":-1,"exports":-1,"wildcards":true,"conn":-1,\
        "leaf":-1,"mem_storage":-1,"disk_storage":-1,"streams":-1,"consumer":-1""";
    String systemId = Nkey.id(ACCOUNT, system.getPublic());
    String systemJwt = signed(operator, operatorId(), systemId, "\"type\":\"account\"");
    String accountJwt =
        signed(
            operator,
            operatorId(),
            accountId(),
            "\"type\":\"account\",\"limits\":{" + limits + "}");
    return """
        operator: %s
        system_account: %s
        resolver: MEMORY
        resolver_preload: { %s: %s, %s: %s }
        """
        .formatted(
            signed(operator, operatorId(), operatorId(), "\"type\":\"operator\""),
            systemId,
            systemId,
            systemJwt,
            accountId(),
            accountJwt);
  }

  /** A file for a user, as tools write it. */
  String credentials(String userId, String seed) throws GeneralSecurityException {
    String claims = "\"type\":\"user\",\"subs\":-1,\"data\":-1,\"payload\":-1";
    return """
        -----BEGIN NATS USER JWT-----
        %s
        ------END NATS USER JWT------

        ************************* IMPORTANT *************************
        NKEY Seed printed below can be used to sign and prove identity.
        NKEYs are sensitive and should be treated as secrets.

        -----BEGIN USER NKEY SEED-----
        %s
        ------END USER NKEY SEED------

        *************************************************************
        """
        .formatted(signed(account, accountId(), userId, claims), seed);
  }

  private static String signed(KeyPair by, String issuer, String subject, String claims)
      throws GeneralSecurityException {
    String body =
        """
        {"jti":"x","iat":1700000000,"iss":"%s","name":"test","sub":"%s","nats":{%s,"version":2}}"""
            .formatted(issuer, subject, claims);
    String text =
        base64("{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}".getBytes(StandardCharsets.US_ASCII));
    text += "." + base64(body.getBytes(StandardCharsets.US_ASCII));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(by.getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + base64(signature.sign());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
