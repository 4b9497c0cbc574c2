package dev.osmo.local.process;

import dev.osmo.local.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Unused loopback ports. They are reserved together, so that they differ.
 *
 * <p>A port that the system selects would be one of those that it also gives to outgoing
 * connections, and one of these would often take it before the server listens that it is for. So
 * the range lies below the ranges of Linux (32768–60999), of macOS and of Windows (49152–65535),
 * and below Kubernetes' node ports (30000–32767).
 */
public final class FreePorts {
  private static final int LOWEST = 20_000;
  private static final int END = 30_000;

  private static final int ATTEMPTS = 1_000;

  private FreePorts() {}

  public static List<Integer> find(int count) {
    RandomGenerator random = RandomGeneratorFactory.getDefault().create();
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int attempt = 0; held.size() < count; attempt++) {
        reserve(random.nextInt(LOWEST, END), attempt, held);
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
        throw new CannotStart("Cannot find a free port on 127.0.0.1.", e);
      }
    }
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new CannotStart("Cannot release a port.", e);
    }
  }
}
