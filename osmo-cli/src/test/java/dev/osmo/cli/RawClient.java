package dev.osmo.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Sends bytes to a socket and reads up to the end: a client that sends what no library would. */
final class RawClient implements AutoCloseable {
  private final SocketChannel channel;

  private RawClient(SocketChannel channel) {
    this.channel = channel;
  }

  static RawClient to(int port) throws IOException {
    return new RawClient(
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
  }

  static RawClient to(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    return new RawClient(channel);
  }

  /** The complete response to a request that closes the connection. */
  static String response(int port, String request) throws IOException {
    try (RawClient client = to(port)) {
      client.send(request);
      return client.rest();
    }
  }

  static int status(String response) {
    return Integer.parseInt(response.substring(9, 12));
  }

  RawClient send(String text) throws IOException {
    Channels.newOutputStream(channel).write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Up to the end of the connection. */
  String rest() throws IOException {
    return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Up to this text. */
  String until(String end) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(end) < 0) {
      int next = Channels.newInputStream(channel).read();
      if (next < 0) {
        throw new AssertionError("The connection was closed after: " + read);
      }
      read.append((char) next);
    }
    return read.toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
