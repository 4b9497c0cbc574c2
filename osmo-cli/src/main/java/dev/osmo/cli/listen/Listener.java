package dev.osmo.cli.listen;

import dev.osmo.cli.files.SocketFile;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accepts connections and serves each on a virtual thread. Guarantees: no more connections are
 * served at the same time than allowed, others receive 503; a connection whose time limit is over
 * is closed within a second; after {@link #close}, none is open.
 */
public final class Listener implements AutoCloseable {
  /** Serves a connection, which is closed when it returns or throws. */
  @FunctionalInterface
  public interface Service {
    void serve(Incoming connection) throws IOException;
  }

  private static final int BACKLOG = 1024;
  private static final Duration SWEEP = Duration.ofMillis(500);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(100);

  /** For responses that are being sent, while the process ends. */
  private static final Duration GRACE = Duration.ofMillis(200);

  private final ListenAddress address;
  private final ServerSocketChannel server;
  private final int most;
  private final Service service;
  private final Set<Incoming> open = ConcurrentHashMap.newKeySet();

  private Listener(ListenAddress address, ServerSocketChannel server, int most, Service service) {
    this.address = address;
    this.server = server;
    this.most = most;
    this.service = service;
  }

  /**
   * Starts to listen.
   *
   * @param most connections at the same time
   * @throws Failure if the address cannot be used
   */
  public static Listener start(ListenAddress address, int most, Service service) {
    try {
      ServerSocketChannel server = ServerSocketChannel.open(address.family());
      try {
        bind(server, address);
      } catch (IOException unusable) {
        server.close();
        throw unusable;
      }
      Listener listener = new Listener(address, server, most, service);
      Thread.ofPlatform().daemon().name("listen").start(listener::accept);
      Thread.ofVirtual().name("sweep").start(listener::sweep);
      return listener;
    } catch (IOException unusable) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Cannot listen on " + address + " (" + unusable.getMessage() + ")",
          "Choose an address that no other process uses.");
    }
  }

  private static void bind(ServerSocketChannel server, ListenAddress address) throws IOException {
    switch (address) {
      case ListenAddress.Tcp tcp -> {
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(tcp.socketAddress(), BACKLOG);
      }
      case ListenAddress.Unix unix -> {
        SocketFile.deleteAbandoned(unix.path());
        server.bind(unix.socketAddress(), BACKLOG);
        SocketFile.allowGroup(unix.path());
      }
    }
  }

  /** With the port that was chosen for port 0. */
  public ListenAddress address() {
    try {
      SocketAddress bound = server.getLocalAddress();
      return bound instanceof InetSocketAddress tcp
          ? new ListenAddress.Tcp(tcp.getAddress(), tcp.getPort())
          : address;
    } catch (IOException closed) {
      return address;
    }
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        if (open.size() < most) {
          serve(channel);
        } else {
          refuse(channel);
        }
      } catch (ClosedChannelException ended) {
        return;
      } catch (IOException tooManyFiles) {
        pause(AFTER_FAILURE);
      }
    }
  }

  private void serve(SocketChannel channel) {
    Incoming connection = new Incoming(channel);
    open.add(connection);
    Thread.ofVirtual()
        .start(
            () -> {
              try (connection) {
                service.serve(connection);
              } catch (IOException | RuntimeException ended) {
                // Nobody waits for a response. A stack trace could contain what a client sent.
              } finally {
                open.remove(connection);
              }
            });
  }

  /** Fits into the buffer of the socket, so that a client cannot delay the others. */
  private static void refuse(SocketChannel channel) throws IOException {
    try (channel) {
      Answer busy =
          Answer.problem(503, "too-many-connections", "There are too many connections")
              .with("Retry-After", "1");
      channel.configureBlocking(false);
      channel.write(ByteBuffer.wrap(busy.bytes(false, true)));
    }
  }

  private void sweep() {
    while (server.isOpen()) {
      pause(SWEEP);
      long now = System.nanoTime();
      open.stream().filter(connection -> connection.isOverdue(now)).forEach(Incoming::close);
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      if (address instanceof ListenAddress.Unix unix) {
        SocketFile.delete(unix.path());
      }
    } catch (IOException alreadyClosed) {
      // Nothing listens any more.
    }
    long end = System.nanoTime() + GRACE.toNanos();
    while (!open.isEmpty() && System.nanoTime() - end < 0) {
      pause(Duration.ofMillis(10));
    }
    open.forEach(Incoming::close);
  }
}
