package dev.osmo.local.launch;

import dev.osmo.local.process.FreePorts;
import java.util.List;

/** The loopback ports behind the gateway; chosen anew at each start. */
record Ports(
    int postgres,
    int tokenService,
    int tokenServiceManagement,
    int authExchange,
    int authExchangeManagement) {
  static Ports choose() {
    List<Integer> free = FreePorts.find(5);
    return new Ports(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4));
  }
}
