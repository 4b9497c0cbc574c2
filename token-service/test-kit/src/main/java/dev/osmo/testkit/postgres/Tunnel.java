package dev.osmo.testkit.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A network between the service and its database that a test can cut or silence. */
public final class Tunnel implements AutoCloseable {

  private enum State {
    OPEN,
    SILENT,
    CUT
  }

  private volatile int target;
  private final ServerSocket entrance;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile State state = State.OPEN;

  public Tunnel(int target) {
    this.target = target;
    try {
      this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public String reactiveUrl() {
    return "postgresql://127.0.0.1:" + entrance.getLocalPort() + "/osmo";
  }

  public void open() {
    closeAll();
    state = State.OPEN;
  }

  /** The address now leads to another server, as after a switch-over. */
  public void moveTo(int port) {
    moveNewConnectionsTo(port);
    closeAll();
  }

  /** The address now leads to another server, but existing connections stay where they are. */
  public void moveNewConnectionsTo(int port) {
    target = port;
  }

  /** Connections are accepted, but no data is forwarded in any direction. */
  public void silence() {
    state = State.SILENT;
  }

  /** Existing and new connections are closed immediately. */
  public void cut() {
    state = State.CUT;
    closeAll();
  }

  /** How many connections were refused because the network was cut. */
  public int refused() {
    return refused.get();
  }

  @Override
  public void close() {
    cut();
    closeQuietly(entrance);
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket inside = entrance.accept();
        sockets.add(inside);
        if (state == State.CUT) {
          refused.incrementAndGet();
          closeQuietly(inside);
        } else {
          Thread.ofVirtual().start(() -> connect(inside));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket inside) {
    try {
      Socket outside = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(outside);
      Thread.ofVirtual().start(() -> pump(inside, outside));
      pump(outside, inside);
    } catch (IOException e) {
      closeQuietly(inside);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (state == State.OPEN) {
          out.write(buffer, 0, n);
          out.flush();
        }
      }
    } catch (IOException broken) {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private void closeAll() {
    sockets.forEach(Tunnel::closeQuietly);
    sockets.clear();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception ignored) {
      // A failure to close does not matter here.
    }
  }
}
