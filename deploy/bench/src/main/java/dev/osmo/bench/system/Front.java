package dev.osmo.bench.system;

import dev.osmo.bench.load.Installed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * HAProxy in front of the services, in a process of its own with one thread. It keeps connections
 * to them, and gives a request to the replica with the fewest.
 *
 * @param port on 127.0.0.1
 * @param certificate the file with its certificate and key; without one, it speaks HTTP
 * @param exchanges the ports of the replicas
 * @param tokenService the port of the service for all paths that are not of the exchange, if it
 *     runs
 */
record Front(
    int port, Optional<Path> certificate, List<Integer> exchanges, Optional<Integer> tokenService) {

  Front {
    exchanges = List.copyOf(exchanges);
  }

  static boolean isInstalled() {
    return Installed.is("haproxy", "-v");
  }

  /**
   * Starts it.
   *
   * @param file for its configuration
   */
  Server start(String name, Path file, Path log) {
    try {
      Files.writeString(file, configuration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Server.start(
        name, List.of("haproxy", "-db", "-f", file.toString()), Map.of(), port, log);
  }

  String configuration() {
    String replicas =
        IntStream.range(0, exchanges.size())
            .mapToObj(n -> "  server exchange-%d 127.0.0.1:%d".formatted(n + 1, exchanges.get(n)))
            .collect(Collectors.joining("\n"));
    return """
        global
          nbthread 1
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
          balance leastconn
          http-reuse always
        frontend public
          bind 127.0.0.1:%d%s
        %s  default_backend exchange
        backend exchange
        %s
        %s"""
        .formatted(
            port,
            certificate.map(" ssl crt %s"::formatted).orElse(""),
            tokenService
                .map(unused -> "  use_backend tokens if { path_beg /api/auth/access_token }\n")
                .orElse(""),
            replicas,
            tokenService
                .map("backend tokens\n  server tokens 127.0.0.1:%d\n"::formatted)
                .orElse(""));
  }
}
