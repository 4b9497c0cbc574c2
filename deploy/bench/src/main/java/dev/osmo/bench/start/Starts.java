package dev.osmo.bench.start;

import dev.osmo.bench.system.Server;
import dev.osmo.bench.system.ServiceProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a service again and again, alone, with and without an ahead-of-time cache in turn.
 *
 * @param folder for the caches
 */
public record Starts(Path folder) {

  public List<ServiceStart> measure(ServiceProgram service, int rounds) {
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
