package dev.osmo.testkit.ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Unused loopback ports for servers that cannot select their own. The system gives none of them to
 * an outgoing connection, because they lie below its range (32768–60999 on Linux). So a port is
 * still free when its server starts, and when it starts again.
 */
public final class FreePorts {

  private static final int LOWEST = 10_000;
  private static final int END = 20_000;
  private static final int ATTEMPTS = 1_000;

  private FreePorts() {}

  public static int one() {
    return find(1).getFirst();
  }

  /** Ports that differ from each other. */
  public static List<Integer> find(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int attempt = 0; held.size() < count; attempt++) {
        reserve(ThreadLocalRandom.current().nextInt(LOWEST, END), attempt, held);
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      held.forEach(FreePorts::release);
    }
  }

  private static void reserve(int port, int attempt, List<ServerSocket> held) {
    try {
      held.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      if (attempt >= ATTEMPTS) {
        throw new IllegalStateException("no free port on the loopback address", e);
      }
    }
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("cannot release a port", e);
    }
  }
}
