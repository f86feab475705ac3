package dev.gimbal.source.etcd;

import dev.gimbal.format.Document;
import dev.gimbal.format.Edit;
import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.RemoteState;
import dev.gimbal.source.Sink;
import java.io.IOException;
import java.util.function.Consumer;

/** One connection with its watch. */
final class EtcdLink implements Link {

  private final EtcdRemote remote;
  private final EtcdConnection connection;
  private final EtcdWatch watch;
  private final Feed feed;
  private final boolean resumed;

  /**
   * @param feed the session's own
   * @param resumed whether the watch goes on behind what was handed over
   */
  EtcdLink(
      EtcdRemote remote, EtcdConnection connection, EtcdWatch watch, Feed feed, boolean resumed) {
    this.remote = remote;
    this.connection = connection;
    this.watch = watch;
    this.feed = feed;
    this.resumed = resumed;
  }

  @Override
  public RemoteState read(Sink sink) throws IOException, InterruptedException {
    return remote.read(connection, feed);
  }

  @Override
  public boolean isResumed() {
    return resumed;
  }

  @Override
  public void edit(Edit edit, Consumer<Document> check) throws IOException, InterruptedException {
    remote.reader().edit(edit, check, new EtcdWriter(remote, connection));
  }

  @Override
  public void close() {
    watch.close();
    connection.close();
  }
}
