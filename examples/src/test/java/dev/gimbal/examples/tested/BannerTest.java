package dev.gimbal.examples.tested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gimbal.Config;
import dev.gimbal.ConfigException;
import dev.gimbal.testing.ConfigTest;
import dev.gimbal.testing.EventRecorder;
import dev.gimbal.testing.TestConfig;
import dev.gimbal.testing.WithConfig;
import org.junit.jupiter.api.Test;

@ConfigTest
@WithConfig({"banner.text=Welcome", "banner.level=info"})
class BannerTest {

  @Test
  void text_isShownAtItsLevel(Config config) {
    try (Banner banner = new Banner(config)) {
      assertEquals("<p class=info>Welcome</p>", banner.html());
    }
  }

  @Test
  @WithConfig("banner.text=a < b")
  void text_isEscaped(Config config) {
    try (Banner banner = new Banner(config)) {
      assertEquals("<p class=info>a &lt; b</p>", banner.html());
    }
  }

  @Test
  @WithConfig(without = "banner.text")
  void nothing_isShownWithoutText(Config config) {
    try (Banner banner = new Banner(config)) {
      assertEquals("", banner.html());
    }
  }

  @Test
  void change_isShown(TestConfig test) {
    try (Banner banner = new Banner(test.config())) {
      test.set("banner.text", "Closed on Monday").awaitDelivered();
      assertEquals("<p class=info>Closed on Monday</p>", banner.html());
    }
  }

  @Test
  void changeOfBoth_isOneChange(TestConfig test) {
    EventRecorder banner = test.record("banner");
    test.patch(patch -> patch.set("banner.text", "Fire").set("banner.level", "alarm"));
    assertEquals(2, banner.awaitNext().changes().size());
    test.remove("banner");
    assertEquals("Welcome", banner.awaitNext().after().get("text").asString());
    banner.requireNoMore();
  }

  @Test
  void textThatIsAnObject_isRefused(TestConfig test) {
    test.config().live("banner.text", String.class, "");
    assertThrows(ConfigException.class, () -> test.set("banner.text.en", "Welcome"));
    assertEquals("Welcome", test.config().get("banner.text").asString());
  }
}
