package dev.gimbal.source.etcd;

import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Session;
import dev.gimbal.source.Sink;
import java.util.function.Consumer;

/** The session of a remote source, with what must end together with it. */
final class EtcdSession implements Session {

  private final Session session;
  private final EtcdRemote remote;

  private EtcdSession(Session session, EtcdRemote remote) {
    this.session = session;
    this.remote = remote;
  }

  static Session open(EtcdOptions options, Sink sink) {
    EtcdRemote remote = new EtcdRemote(options, sink);
    return over(options.remote().open(remote, sink), remote);
  }

  static Session over(Session session, EtcdRemote remote) {
    return new EtcdSession(session, remote);
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
      remote.close();
    } finally {
      session.close();
    }
  }
}
