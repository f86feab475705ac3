package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
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

  @Test
  void otherTexts_areNoSeeds() {
    assertFalse(Nkey.isSeed(ID));
    assertFalse(Nkey.isSeed(SEED + "A"));
    assertFalse(Nkey.isSeed(SEED.toLowerCase(java.util.Locale.ROOT)));
    assertFalse(Nkey.isSeed(""));
  }
}
