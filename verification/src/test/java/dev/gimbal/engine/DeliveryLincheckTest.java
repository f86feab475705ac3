package dev.gimbal.engine;

import dev.gimbal.mutants.InPlace;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link Delivery} and {@link Dispatcher} under Lincheck: two threads offer, or one offers and one
 * closes, in every interleaving that it tries. Hand-offs run on the thread that makes them.
 */
@Tag("race")
@Tag("proof")
class DeliveryLincheckTest {

  private static final int INVOCATIONS = 200;

  /** No lambda: on JDK 25 Lincheck does not see that threads share what a lambda has captured. */
  private static final class Offering extends Thread {
    private final NumberDelivery delivery;

    Offering(NumberDelivery delivery) {
      this.delivery = delivery;
    }

    @Override
    public void run() {
      delivery.offer();
    }
  }

  /** G2, G3. */
  @Test
  void offer_byTwoThreads_isDeliveredEachAlone() {
    exploreOffers();
  }

  @Test
  void compiledAgain_holds() {
    InPlace.holdsWithout("Dispatcher.pendingApart", DeliveryLincheckTest::exploreOffers);
  }

  @Test
  void pendingCountedApartTwin_isCaught() {
    InPlace.isCaught("Dispatcher.pendingApart", DeliveryLincheckTest::exploreOffers);
  }

  @Test
  void noLookAfterLeavingTwin_isCaught() {
    InPlace.isCaught("Delivery.noLookAfterLeaving", DeliveryLincheckTest::exploreOffers);
  }

  /** G4. */
  @Test
  void close_besideACall_letsNoneBegin() {
    exploreClose();
  }

  @Test
  void announcedNowhereTwin_isCaught() {
    InPlace.isCaught("Delivery.announcesNothing", DeliveryLincheckTest::exploreClose);
  }

  private static void exploreOffers() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          NumberDelivery delivery = new NumberDelivery(Loaders.of(new InlineTasks(), null));
          Thread other = new Offering(delivery);
          other.start();
          delivery.offer();
          join(other);
          if (delivery.ended() != 2) {
            throw new AssertionError(delivery.ended() + " of 2 delivered");
          }
        });
  }

  private static void exploreClose() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          NumberDelivery delivery = new NumberDelivery(Loaders.of(new InlineTasks(), null));
          Thread other = new Offering(delivery);
          other.start();
          delivery.close();
          int begun = delivery.begun();
          int ended = delivery.ended();
          join(other);
          if (begun != ended || begun != delivery.begun()) {
            throw new AssertionError(
                begun + " begun and " + ended + " ended, then " + delivery.begun());
          }
        });
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
