package dev.gimbal.source.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gimbal.source.ForwardingSink;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Tasks;
import dev.gimbal.testing.backend.BackendExtension;
import dev.gimbal.testing.backend.NatsServer;
import dev.gimbal.testing.backend.TcpProxy;
import io.nats.client.Dispatcher;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  /** Notes what it is told. Used by the dispatcher's thread and, in turn, by the test's. */
  private static final class Noting implements NatsWatch.Told {
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public void change(String key, long revision, byte[] value) {
      told.add(key + "=" + new String(value, StandardCharsets.UTF_8));
    }

    @Override
    public void incomplete() {
      told.add("incomplete");
    }

    @Override
    public void lost(IOException why) {
      told.add(why.getMessage());
    }
  }

  /** A watch that nobody has chosen yet. */
  private static final class Candidate implements AutoCloseable {
    private final Bucketful bucket = Bucketful.create(NATS.server().address());
    private final Borrowed config;
    private final NatsClient client;
    private final Dispatcher dispatcher;
    private final NatsWatch watch;
    private final Noting noting = new Noting();

    Candidate() throws Exception {
      bucket.put("a", "1");
      NatsSource source =
          NatsSource.tree("127.0.0.1:" + NATS.server().address().getPort(), bucket.name(), "");
      config = new Borrowed(source);
      client = NatsClient.connect(source.options(), lost -> {});
      dispatcher = client.dispatcher();
      NatsRemote remote = new NatsRemote(source.options(), config.sink());
      watch = new NatsWatch(remote, client.stream().bucket(), noting);
      watch.begin(client, dispatcher, Awaiting.PATIENCE);
    }

    /** Tells each watch of the bucket that it ended, and waits until the dispatcher knows. */
    void tellOfItsEnd() throws Exception {
      CountDownLatch taken = new CountDownLatch(1);
      String last = client.inbox();
      dispatcher.subscribe(last, message -> taken.countDown());
      client.stream().bucket(); // so the server knows of it
      StringBuilder lines = new StringBuilder("CONNECT {\"headers\":true}\r\n");
      String end = "NATS/1.0 409 Consumer Deleted\r\n\r\n";
      for (ConsumerInfo each : consumers()) {
        String inbox = each.getConsumerConfiguration().getDeliverSubject();
        String lengths = end.length() + " " + end.length();
        lines.append("HPUB " + inbox + " " + lengths + "\r\n" + end + "\r\n");
      }
      lines.append("PUB " + last + " 0\r\n\r\n");
      InetSocketAddress server = NATS.server().address();
      try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
        socket.getOutputStream().write(lines.toString().getBytes(StandardCharsets.US_ASCII));
        assertTrue(taken.await(Awaiting.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
      }
    }

    /** The last revision that the server sent to a consumer. */
    long sentTo(String consumer) throws Exception {
      return bucket
          .streams()
          .getConsumerInfo(bucket.stream(), consumer)
          .getDelivered()
          .getStreamSequence();
    }

    List<ConsumerInfo> consumers() throws Exception {
      return bucket.streams().getConsumers(bucket.stream());
    }

    @Override
    public void close() throws Exception {
      client.close();
      config.close();
      bucket.close();
    }
  }

  /** Its end is none of the connection, on which another one may be well. */
  @Test
  void watchThatIsNotChosen_tellsNothingOfItsEnd() throws Exception {
    try (Candidate candidate = new Candidate()) {
      candidate.tellOfItsEnd();
      assertEquals(List.of(), candidate.noting.told);
      assertThrows(
          IOException.class, () -> candidate.watch.first(candidate.client, Awaiting.PATIENCE));
      candidate.watch.choose();
      assertEquals(List.of("the watch ended: 409 Consumer Deleted"), candidate.noting.told);
    }
  }

  @Test
  void whatComesBeforeAWatchIsChosen_isNotLost() throws Exception {
    try (Candidate candidate = new Candidate()) {
      long revision = candidate.bucket.keys().put("b", "2");
      for (ConsumerInfo each : candidate.consumers()) {
        String name = each.getName();
        Awaiting.equal(revision, () -> candidate.sentTo(name));
      }
      assertEquals(List.of(), candidate.noting.told);
      candidate.watch.choose();
      NatsWatch.Keys first = candidate.watch.first(candidate.client, Awaiting.PATIENCE);
      candidate.bucket.put("c", "3");
      boolean isFirst = first.values().containsKey("b"); // else it was on its way still
      List<String> changes = isFirst ? List.of("c=3") : List.of("b=2", "c=3");
      Awaiting.equal(changes, () -> List.copyOf(candidate.noting.told));
      assertEquals(isFirst ? 2 : 1, first.revision());
    }
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
