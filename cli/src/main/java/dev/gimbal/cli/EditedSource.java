package dev.gimbal.cli;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import dev.gimbal.source.Source;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Another source, which may hold nothing yet, and is changed once it is open. */
final class EditedSource implements Source {

  private final Source source;

  private volatile @Nullable Session session;

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
    Session opened = source.open(sink);
    session = opened;
    return opened;
  }

  /**
   * Changes what it reads.
   *
   * @throws ConfigException as {@link Session#edit} does
   */
  void apply(Edit edit) {
    Session open = session;
    if (open == null) {
      throw new ConfigException(ErrorCode.SOURCE_FAILED, "the source did not open");
    }
    open.edit(edit, document -> {});
  }
}
