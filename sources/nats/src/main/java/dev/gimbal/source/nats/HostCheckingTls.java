package dev.gimbal.source.nats;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context whose client sockets take only certificates of the host that they connect to, as the
 * client library does not ask for that.
 */
final class HostCheckingTls extends SSLContextSpi {

  private final SSLContext context;

  private HostCheckingTls(SSLContext context) {
    this.context = context;
  }

  static SSLContext of(SSLContext context) {
    return new SSLContext(
        new HostCheckingTls(context), context.getProvider(), context.getProtocol()) {};
  }

  private static SSLParameters checking(SSLParameters parameters) {
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  private static Socket checking(Socket socket) {
    if (socket instanceof SSLSocket secure) {
      secure.setSSLParameters(checking(secure.getSSLParameters()));
    }
    return socket;
  }

  @Override
  protected void engineInit(
      KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("it is initialized");
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return new Factory(context.getSocketFactory());
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return context.getServerSocketFactory();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return context.createSSLEngine();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    SSLEngine engine = context.createSSLEngine(host, port);
    engine.setSSLParameters(checking(engine.getSSLParameters()));
    return engine;
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return context.getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return context.getClientSessionContext();
  }

  /** Makes sockets that check. */
  private static final class Factory extends SSLSocketFactory {

    private final SSLSocketFactory factory;

    Factory(SSLSocketFactory factory) {
      this.factory = factory;
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
      return checking(factory.createSocket());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean close)
        throws IOException {
      return checking(factory.createSocket(socket, host, port, close));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return checking(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return checking(factory.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return checking(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return checking(factory.createSocket(host, port, from, fromPort));
    }
  }
}
