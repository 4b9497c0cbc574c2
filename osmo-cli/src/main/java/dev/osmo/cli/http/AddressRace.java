package dev.osmo.cli.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Connects to a host that may have several addresses (RFC 8305). Guarantees:
 *
 * <ol>
 *   <li>The addresses are tried in the resolver's order (RFC 6724), alternating between IPv6 and
 *       IPv4, so that one broken family does not delay the other.
 *   <li>The next address is tried when one fails, or {@link #DELAY} after the last began.
 *   <li>The first connection wins. All others are closed.
 *   <li>All attempts together take at most {@link #LIMIT}.
 * </ol>
 */
final class AddressRace {
  static final Duration LIMIT = Duration.ofSeconds(10);

  /** Recommended by RFC 8305, section 8. */
  private static final Duration DELAY = Duration.ofMillis(250);

  private static final byte[] LOOPBACK4 = {127, 0, 0, 1};
  private static final byte[] LOOPBACK6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  /** A finished attempt, without a failure if it is connected. */
  private record Attempt(Socket socket, Optional<IOException> failure) {}

  private final int port;
  private final Deque<InetAddress> waiting;
  private final BlockingQueue<Attempt> finished = new LinkedBlockingQueue<>();
  private final long deadline = System.nanoTime() + LIMIT.toNanos();

  private AddressRace(List<InetAddress> addresses, int port) {
    this.waiting = new ArrayDeque<>(addresses);
    this.port = port;
  }

  /**
   * A connection to one of the host's addresses.
   *
   * @throws NetworkFault if no address accepts it
   */
  static Socket connect(Endpoint to) throws NetworkFault {
    AddressRace race = new AddressRace(alternating(addresses(to.host())), to.port());
    try {
      return race.waiting.size() == 1 ? race.only() : race.winner();
    } catch (SocketTimeoutException late) {
      throw new NetworkFault(NetworkFault.Kind.CONNECT_TIMEOUT);
    } catch (ConnectException refused) {
      throw new NetworkFault(NetworkFault.Kind.REFUSED);
    } catch (IOException unreachable) {
      throw new NetworkFault(NetworkFault.Kind.NO_ROUTE);
    }
  }

  private static List<InetAddress> addresses(String host) throws NetworkFault {
    try {
      List<InetAddress> addresses = new ArrayList<>();
      for (InetAddress address : InetAddress.getAllByName(host)) {
        addresses.add(address.isAnyLocalAddress() ? loopback(address) : address);
      }
      return addresses;
    } catch (UnknownHostException unknown) {
      throw new NetworkFault(NetworkFault.Kind.NAME_NOT_FOUND);
    }
  }

  /** Where the system connects to. Java would look up the name of this machine instead. */
  private static InetAddress loopback(InetAddress unspecified) throws UnknownHostException {
    return InetAddress.getByAddress(unspecified instanceof Inet6Address ? LOOPBACK6 : LOOPBACK4);
  }

  /** The family of the first address comes first, and the order within a family stays. */
  static List<InetAddress> alternating(List<InetAddress> addresses) {
    boolean first6 = addresses.getFirst() instanceof Inet6Address;
    Deque<InetAddress> preferred = new ArrayDeque<>();
    Deque<InetAddress> others = new ArrayDeque<>();
    addresses.forEach(
        each -> (each instanceof Inet6Address == first6 ? preferred : others).add(each));
    List<InetAddress> all = new ArrayList<>();
    while (!preferred.isEmpty() || !others.isEmpty()) {
      Optional.ofNullable(preferred.poll()).ifPresent(all::add);
      Optional.ofNullable(others.poll()).ifPresent(all::add);
    }
    return all;
  }

  /** Without a thread, because most hosts have one address. */
  private Socket only() throws IOException {
    Attempt attempt = attempt(new Socket(), waiting.remove());
    if (attempt.failure().isPresent()) {
      throw attempt.failure().get();
    }
    return attempt.socket();
  }

  private Socket winner() throws IOException {
    List<Socket> losers = new ArrayList<>();
    int running = 0;
    Optional<IOException> failure = Optional.empty();
    try {
      while (true) {
        if (!waiting.isEmpty()) {
          losers.add(start(waiting.remove()));
          running++;
        }
        Optional<Attempt> attempt = nextFinished();
        if (attempt.isEmpty()) {
          continue;
        }
        running--;
        if (attempt.get().failure().isEmpty()) {
          losers.remove(attempt.get().socket());
          return attempt.get().socket();
        }
        failure = failure.filter(ConnectException.class::isInstance).or(attempt.get()::failure);
        if (running == 0 && waiting.isEmpty()) {
          throw failure.orElseThrow();
        }
      }
    } finally {
      losers.forEach(AddressRace::close);
    }
  }

  private Socket start(InetAddress address) {
    Socket socket = new Socket();
    Thread.ofPlatform()
        .daemon()
        .name("connect")
        .start(() -> finished.add(attempt(socket, address)));
    return socket;
  }

  private Attempt attempt(Socket socket, InetAddress address) {
    try {
      socket.connect(new InetSocketAddress(address, port), Math.max(1, millisLeft()));
      return new Attempt(socket, Optional.empty());
    } catch (IOException failed) {
      close(socket);
      return new Attempt(socket, Optional.of(failed));
    }
  }

  /** Empty if it is time to start the next attempt. */
  private Optional<Attempt> nextFinished() throws IOException {
    int left = millisLeft();
    if (left <= 0) {
      throw new SocketTimeoutException();
    }
    long pause = waiting.isEmpty() ? left : Math.min(left, DELAY.toMillis());
    try {
      return Optional.ofNullable(finished.poll(pause, TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private int millisLeft() {
    return (int) Duration.ofNanos(deadline - System.nanoTime()).toMillis();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      // It is not used any more.
    }
  }
}
