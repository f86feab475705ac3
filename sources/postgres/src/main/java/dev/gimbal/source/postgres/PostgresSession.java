package dev.gimbal.source.postgres;

import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import java.util.function.Consumer;

/** A session whose close also breaks off what connects. */
final class PostgresSession implements Session {

  private final Session session;
  private final PostgresRemote remote;

  PostgresSession(Session session, PostgresRemote remote) {
    this.session = session;
    this.remote = remote;
  }

  @Override
  public void reload(Sink to) {
    session.reload(to);
  }

  @Override
  public void edit(Edit edit, Consumer<Document> check) {
    session.edit(edit, check);
  }

  @Override
  public void close() {
    try {
      session.close();
    } finally {
      remote.close();
    }
  }
}
