package dev.osmo.local.launch;

import dev.osmo.local.process.FreePorts;
import java.util.List;

/** The loopback ports behind the gateway. Each start selects new ones. */
record Ports(
    int postgres,
    int tokenService,
    int tokenServiceManagement,
    int authExchange,
    int authExchangeManagement,
    int sampleApi) {
  static Ports choose() {
    List<Integer> free = FreePorts.find(6);
    return new Ports(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4), free.get(5));
  }
}
