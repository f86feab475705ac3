package dev.gimbal.source.nats;

import dev.gimbal.ConfigException;
import dev.gimbal.ErrorCode;
import dev.gimbal.Origin;
import dev.gimbal.Problem;
import dev.gimbal.source.Feed;
import dev.gimbal.source.Link;
import dev.gimbal.source.Remote;
import dev.gimbal.source.Revision;
import dev.gimbal.source.Sink;
import dev.gimbal.source.store.StoreReader;
import java.io.IOException;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** The keys of a session, over all its connections. */
final class NatsRemote implements Remote {

  private final NatsOptions options;
  private final Sink sink;
  private final StoreReader reader;

  /** When the bucket was made that was read last; null before. Whoever reads writes it. */
  private volatile @Nullable ZonedDateTime known;

  NatsRemote(NatsOptions options, Sink sink) {
    this.options = options;
    this.sink = sink;
    this.reader = new StoreReader(options.keys(), sink, options.shownName(), options.place());
  }

  @Override
  public Link connect(Feed feed) throws IOException, InterruptedException {
    NatsClient client = NatsClient.connect(options, feed::lost);
    boolean well = false;
    try {
      NatsLink link = new NatsLink(this, client, feed);
      link.begin();
      well = true;
      return link;
    } finally {
      if (!well) {
        client.close();
      }
    }
  }

  NatsOptions options() {
    return options;
  }

  Sink sink() {
    return sink;
  }

  StoreReader reader() {
    return reader;
  }

  /**
   * Must be called before the keys of a bucket are watched, to be read then.
   *
   * @param handed the feed's, as it was before the bucket was asked for
   */
  void beforeWatch(Bucket bucket, @Nullable Revision handed, Feed feed) {
    reader.connectedToRead(feed);
    if (isAnother(bucket, handed)) {
      reader.restart();
    }
    known = bucket.created();
  }

  /**
   * Whether its revisions are not those that were read before: made anew, or taken back.
   *
   * @param handed the last revision that was told before the bucket was asked for: one that was
   *     told later may be higher than those of the bucket then
   */
  boolean isAnother(Bucket bucket, @Nullable Revision handed) {
    ZonedDateTime created = known;
    return created != null && !created.isEqual(bucket.created())
        || handed != null && bucket.last() < handed.order();
  }

  ConfigException error(ErrorCode code, String message) {
    Origin origin = new Origin(options.shownName(), options.place(), 0, 0);
    return new ConfigException(Problem.at(code, origin, message));
  }
}
