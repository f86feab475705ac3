package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Content;
import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.format.ReadOptions;
import dev.gimbal.source.ForwardingSink;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import dev.gimbal.source.Variables;
import dev.gimbal.tree.Patch;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Another source that is changed once it is open. The Config that opens it sees nothing of it: what
 * it holds may be encrypted, refer to other layers, or not be there yet.
 */
final class EditedSource implements Source {

  private final Source source;

  /** Its answer may come before it is open. */
  private final CompletableFuture<Session> session = new CompletableFuture<>();

  /** Why it cannot be read, or null. */
  private volatile @Nullable ConfigException failure;

  EditedSource(Source source) {
    this.source = source;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public boolean isOptional() {
    return true;
  }

  @Override
  public Map<String, String> labels() {
    return source.labels();
  }

  @Override
  public Session open(Sink sink) {
    Session opened;
    try {
      opened = source.open(new Blind(sink));
    } catch (RuntimeException | Error e) {
      session.completeExceptionally(e);
      throw e;
    }
    session.complete(opened);
    return opened;
  }

  /**
   * Changes what it reads.
   *
   * @return whether it is something else now
   * @throws ConfigException as {@link Session#edit} does
   */
  boolean apply(Edit edit) {
    ConfigException unreadable = failure;
    if (unreadable != null && unreadable.code() == ErrorCode.SOURCE_FAILED) {
      throw unreadable;
    }
    AtomicBoolean written = new AtomicBoolean();
    session.join().edit(edit, document -> written.set(true));
    return written.get();
  }

  /** Tells a Config that there is nothing, whatever there is. */
  private final class Blind extends ForwardingSink {

    Blind(Sink sink) {
      super(sink);
    }

    private void nothing() {
      super.absent(new ConfigException(ErrorCode.SOURCE_ABSENT, "it is edited"));
    }

    @Override
    public Document parse(Content content, ReadOptions options) {
      return formats().parse(name(), content, options);
    }

    @Override
    public Document decrypt(Document document) {
      return document;
    }

    @Override
    public Patch decrypt(Patch patch) {
      return patch;
    }

    @Override
    public void document(Revision revision, Document document) {
      nothing();
    }

    @Override
    public void document(Revision revision, Document document, ConfigException odd) {
      nothing();
    }

    @Override
    public void patch(Revision revision, Patch patch) {
      nothing();
    }

    @Override
    public void variables(Revision revision, Variables variables) {
      nothing();
    }

    @Override
    public void absent(ConfigException why) {
      nothing();
    }

    @Override
    public void degraded(ConfigException why) {
      // what it holds is not looked at
    }

    @Override
    public void failed(ConfigException why) {
      failure = why;
      nothing();
    }
  }
}
