/** Keys of etcd as a layer. */
module dev.gimbal.source.etcd {
  requires transitive dev.gimbal.core;
  requires transitive dev.gimbal.source.store;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;
  requires com.google.protobuf;
  requires io.grpc;
  requires io.grpc.netty;
  requires io.grpc.stub;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires jetcd.grpc;

  exports dev.gimbal.source.etcd;

  provides dev.gimbal.source.SourceProvider with
      dev.gimbal.source.etcd.EtcdProvider;
}
