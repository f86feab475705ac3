package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gimbal.source.ForwardingSink;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Tasks;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.NatsServer;
import dev.gimbal.testing.backend.TcpProxy;
import io.nats.client.Dispatcher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NatsWatchTest {

  @RegisterExtension
  static final BackendExtension<NatsServer> NATS = BackendExtension.of(NatsServer::open);

  /** A sink whose clock is ahead. */
  private static final class Ahead extends ForwardingSink {
    private final AtomicLong ahead = new AtomicLong();
    private final Tasks tasks;

    Ahead(Sink sink) {
      super(sink);
      this.tasks = sink.tasks();
    }

    void move(Duration by) {
      ahead.addAndGet(by.toNanos());
    }

    @Override
    public Tasks tasks() {
      return new Tasks() {
        @Override
        public void execute(String name, Runnable task) {
          tasks.execute(name, task);
        }

        @Override
        public Cancellable schedule(String name, Duration delay, Runnable task) {
          return tasks.schedule(name, delay, task);
        }

        @Override
        public long nanoTime() {
          return tasks.nanoTime() + ahead.get();
        }

        @Override
        public Instant now() {
          return tasks.now();
        }
      };
    }
  }

  private static final class Nobody implements NatsWatch.Told {
    @Override
    public void change(String key, long revision, byte[] value) {}

    @Override
    public void incomplete() {}

    @Override
    public void lost(IOException why) {}
  }

  /** Else who looks would end a connection on which another watch is begun. */
  @Test
  void silence_ofWhatWasStopped_isNoSignOfAnything() throws Exception {
    try (TcpProxy proxy = TcpProxy.to(NATS.server().address());
        Bucketful bucket = Bucketful.create(NATS.server().address())) {
      bucket.put("a", "1");
      NatsSource source = NatsSource.tree("127.0.0.1:" + proxy.port(), bucket.name(), "");
      try (Borrowed config = new Borrowed(source);
          NatsClient client = NatsClient.connect(source.options(), lost -> {})) {
        Ahead sink = new Ahead(config.sink());
        Dispatcher dispatcher = client.dispatcher();
        Bucket present = client.stream().bucket();
        NatsWatch watch =
            NatsWatch.begin(
                new NatsRemote(source.options(), sink), client, dispatcher, present, new Nobody());
        assertEquals(1, watch.first(client, Awaiting.PATIENCE).values().size());
        assertEquals(false, watch.isSilent());
        proxy.halfOpen();
        sink.move(Duration.ofSeconds(5));
        Awaiting.equal(true, watch::isSilent); // after what was on its way
        watch.stop();
        sink.move(Duration.ofSeconds(5));
        assertEquals(false, watch.isSilent());
      }
      proxy.heal();
    }
  }
}
