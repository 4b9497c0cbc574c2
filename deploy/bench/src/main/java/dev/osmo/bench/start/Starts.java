package dev.osmo.bench.start;

import dev.osmo.bench.report.Measurement;
import dev.osmo.bench.report.Progress;
import dev.osmo.bench.report.Section;
import dev.osmo.bench.system.Server;
import dev.osmo.bench.system.ServiceProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a service again and again, alone, with and without an ahead-of-time cache in turn.
 *
 * @param folder for the caches
 * @param rounds how many starts of each kind
 */
public record Starts(Path folder, List<ServiceProgram> services, int rounds)
    implements Measurement {

  public Starts {
    services = List.copyOf(services);
  }

  @Override
  public Section measure() {
    Progress.say("starting the services again and again");
    return new StartTable(services.stream().flatMap(service -> measure(service).stream()).toList());
  }

  private List<ServiceStart> measure(ServiceProgram service) {
    Path cache = folder.resolve(service.name() + ".aot");
    service.startUntilReady(List.of("-XX:AOTCacheOutput=" + cache)).close();
    List<ServiceStart> measured = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      measured.add(new ServiceStart(service.name(), false, millis(service, List.of())));
      measured.add(
          new ServiceStart(
              service.name(), true, millis(service, List.of("-XX:AOTCache=" + cache))));
    }
    return measured;
  }

  private static double millis(ServiceProgram service, List<String> options) {
    long start = System.nanoTime();
    Server server = service.startUntilReady(options);
    double millis = (System.nanoTime() - start) / 1e6;
    server.close();
    return millis;
  }
}
