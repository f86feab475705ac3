package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.Revision;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.NatsServer;
import dev.gimbal.tree.Patch;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NatsLinkTest {

  @RegisterExtension
  static final BackendExtension<NatsServer> NATS = BackendExtension.of(NatsServer::open);

  /** Each time when it is asked what was told last, something is written, and told. */
  private static final class BusyFeed implements Feed {
    private final Bucketful bucket;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger readings = new AtomicInteger();

    BusyFeed(Bucketful bucket) {
      this.bucket = bucket;
    }

    @Override
    public Revision resumeAfter() {
      try {
        return Revision.of(bucket.keys().put("k" + asked.incrementAndGet(), "x"));
      } catch (IOException | JetStreamApiException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void changed() {
      readings.incrementAndGet();
    }

    @Override
    public void patch(Revision revision, Patch patch) {}

    @Override
    public void lost(IOException why) {}
  }

  @Test
  void aChangeThatIsToldWhileItLooks_makesNoOtherBucket() throws Exception {
    try (Bucketful bucket = Bucketful.create(NATS.server().address())) {
      bucket.put("a", "1");
      String servers = "127.0.0.1:" + NATS.server().address().getPort();
      NatsSource source = NatsSource.tree(servers, bucket.name(), "");
      BusyFeed feed = new BusyFeed(bucket);
      try (Borrowed config = new Borrowed(source)) {
        Link link = new NatsRemote(source.options(), config.sink()).connect(feed);
        try {
          link.read(config.sink());
          int before = feed.asked.get();
          Awaiting.equal(true, () -> feed.asked.get() > before + 1); // so one look is over
          assertEquals(0, feed.readings.get());
        } finally {
          link.close();
        }
      }
    }
  }
}
