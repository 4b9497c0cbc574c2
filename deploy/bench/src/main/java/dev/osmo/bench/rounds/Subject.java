package dev.osmo.bench.rounds;

import dev.osmo.bench.load.Workload;
import dev.osmo.bench.system.Server;

/** One kind of work of one server. */
public record Subject(Server server, Workload workload) {

  @Override
  public String toString() {
    return server.name() + " " + workload.name();
  }
}
