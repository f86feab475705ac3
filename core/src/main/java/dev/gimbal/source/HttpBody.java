package dev.gimbal.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a limit. Called by one thread at a time. */
final class HttpBody implements BodySubscriber<byte[]> {

  /** A body, or what is unpacked from it, is larger than it may be. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long max) {
      super("more than maxBytes " + max);
    }
  }

  private final long max;
  private final @Nullable IOException refused;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  /**
   * @param refused why nothing of the body is read, or null
   */
  HttpBody(long max, @Nullable IOException refused) {
    this.max = max;
    this.refused = refused;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (refused != null) {
      given.cancel();
      body.completeExceptionally(refused);
      return;
    }
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> items) {
    for (ByteBuffer item : items) {
      if (bytes.size() + (long) item.remaining() > max) {
        if (subscription != null) {
          subscription.cancel();
        }
        body.completeExceptionally(new TooLargeException(max));
        return;
      }
      byte[] piece = new byte[item.remaining()];
      item.get(piece);
      bytes.writeBytes(piece);
    }
  }

  @Override
  public void onError(Throwable thrown) {
    body.completeExceptionally(thrown);
  }

  @Override
  public void onComplete() {
    body.complete(bytes.toByteArray());
  }

  /**
   * What is packed in a body.
   *
   * @throws IOException when it is broken, or larger than it may be
   */
  static byte[] unpacked(byte[] packed, long max) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] piece = new byte[8192];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        if (out.size() + (long) read > max) {
          throw new TooLargeException(max);
        }
        out.write(piece, 0, read);
      }
      return out.toByteArray();
    } catch (EOFException | ZipException e) {
      throw new RemoteUnavailableException(
          "the answer is broken: it is not the gzip that Content-Encoding says", null);
    }
  }
}
