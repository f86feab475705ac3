import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;

/**
 * Another program that changes keys, by the bare stubs: fills the store, or changes one key after
 * the other. The value of a change is the time at which it was put, as the machine counts it for
 * all processes.
 */
public final class Writer {

  static final int KEYS = 100_000;

  /** What the last value begins with; the rest differs, since what stays the same is no change. */
  static final String END = "end";

  private static final int TOGETHER = 100;
  private static final int STEP = 37;
  private static final int PAUSE_MILLIS = 4;

  private final KVGrpc.KVBlockingStub kv;

  private Writer(ManagedChannel channel) {
    kv = KVGrpc.newBlockingStub(channel);
  }

  static String key(int i) {
    return "/app/service" + i / 100 + "/setting" + i % 100;
  }

  /**
   * @param args the port of the server, and how many changes; none: fill it
   */
  public static void main(String[] args) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(args[0]))
            .usePlaintext()
            .build();
    Writer writer = new Writer(channel);
    if (args.length == 1) {
      writer.fill();
    } else {
      writer.change(Integer.parseInt(args[1]));
    }
    System.exit(0);
  }

  private void fill() {
    for (int i = 0; i < KEYS; i += TOGETHER) {
      TxnRequest.Builder some = TxnRequest.newBuilder();
      for (int j = i; j < i + TOGETHER; j++) {
        some.addSuccess(
            RequestOp.newBuilder().setRequestPut(put(key(j), "value-of-some-length-" + j)));
      }
      kv.txn(some.build());
    }
  }

  private void change(int changes) throws InterruptedException {
    for (int i = 0; i < changes; i++) {
      Thread.sleep(PAUSE_MILLIS); // so that each is told by itself
      kv.put(put(key(i * STEP % KEYS), Long.toString(System.nanoTime())));
    }
    Thread.sleep(PAUSE_MILLIS);
    kv.put(put(key(KEYS - 1), END + System.nanoTime()));
  }

  private static PutRequest put(String key, String value) {
    return PutRequest.newBuilder()
        .setKey(ByteString.copyFromUtf8(key))
        .setValue(ByteString.copyFromUtf8(value))
        .build();
  }
}
