/** Keys of NATS JetStream KV as a source. */
module dev.gimbal.source.nats {
  requires transitive dev.gimbal.core;
  requires transitive dev.gimbal.source.store;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;
  requires io.nats.jnats;

  exports dev.gimbal.source.nats;

  provides dev.gimbal.source.SourceProvider with
      dev.gimbal.source.nats.NatsProvider;
}
