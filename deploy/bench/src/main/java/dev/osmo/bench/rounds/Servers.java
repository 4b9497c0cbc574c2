package dev.osmo.bench.rounds;

import dev.osmo.bench.cpu.ProcessorTime;
import dev.osmo.bench.load.Workload;
import dev.osmo.bench.system.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The running servers, in the order of a round. */
public final class Servers implements AutoCloseable {

  private final List<Server> running = new ArrayList<>();
  private final List<Subject> subjects = new ArrayList<>();

  /** Adds a server and what is measured of it; closing this closes the server. */
  public void add(Server server, List<Workload> workloads) {
    running.add(server);
    workloads.forEach(workload -> subjects.add(new Subject(server, workload)));
  }

  public Server named(String name) {
    return running.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /** Of all of them: the work of a server may go through another one. */
  public Duration processorTime() {
    return running.stream()
        .map(server -> ProcessorTime.ofTree(server.pid()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  public List<Subject> subjects() {
    return List.copyOf(subjects);
  }

  @Override
  public void close() {
    running.forEach(Server::close);
  }
}
