package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyPairGeneratorSpi;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import org.junit.jupiter.api.Test;

class NkeyTest {

  /** The pair that the documentation of NATS shows. */
  static final String SEED = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY";

  static final String ID = "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4";

  @Test
  void id_isThatOfTheSeed() throws Exception {
    assertTrue(Nkey.isSeed(SEED));
    assertEquals(ID, Nkey.of(SEED).id());
  }

  @Test
  void aDamagedSeed_isRefused_andNotShown() {
    for (int i = 3; i < SEED.length(); i++) {
      char other = SEED.charAt(i) == 'A' ? 'B' : 'A';
      String damaged = SEED.substring(0, i) + other + SEED.substring(i + 1);
      GeneralSecurityException refused =
          assertThrows(GeneralSecurityException.class, () -> Nkey.of(damaged));
      assertEquals(-1, refused.getMessage().indexOf(damaged));
    }
  }

  /** Makes pairs that have nothing to do with the bytes that it gets. */
  private static final class OtherPairs extends KeyPairGeneratorSpi {
    @Override
    public void initialize(int size, SecureRandom random) {}

    @Override
    public KeyPair generateKeyPair() {
      try {
        return KeyPairGenerator.getInstance("Ed25519", "SunEC").generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static final class OtherProvider extends Provider {

    private static final long serialVersionUID = 1L;

    OtherProvider() {
      super("Other", "1", "makes other pairs");
      putService(
          new Service(this, "KeyPairGenerator", "Ed25519", "OtherPairs", null, null) {
            @Override
            public Object newInstance(Object parameter) {
              return new OtherPairs();
            }
          });
    }
  }

  @Test
  void aJvmThatMakesOtherPairs_isRefused() {
    Provider other = new OtherProvider();
    Security.insertProviderAt(other, 1);
    try {
      GeneralSecurityException refused =
          assertThrows(GeneralSecurityException.class, () -> Nkey.of(SEED));
      assertEquals("this JVM makes no keys of seeds", refused.getMessage());
    } finally {
      Security.removeProvider(other.getName());
    }
  }

  @Test
  void otherTexts_areNoSeeds() {
    assertFalse(Nkey.isSeed(ID));
    assertFalse(Nkey.isSeed(SEED + "A"));
    assertFalse(Nkey.isSeed(SEED.toLowerCase(java.util.Locale.ROOT)));
    assertFalse(Nkey.isSeed(""));
  }
}
