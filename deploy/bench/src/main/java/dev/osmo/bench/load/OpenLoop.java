package dev.osmo.bench.load;

import dev.osmo.bench.cpu.Processor;
import dev.osmo.bench.load.Workload.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs {@code h2load}, which sends at a fixed rate whether or not responses come.
 *
 * <p>Each of its processes repeats one request. Together they have so many connections that a
 * request is sent when it is due, unless responses take longer than {@code CONNECTIONS / rate}.
 * Then fewer requests are sent than were asked for, and the result shows it.
 *
 * @param folder for the bodies and the logs
 * @param processor runs the load generator
 * @see <a href="https://nghttp2.org/documentation/h2load.1.html">h2load(1)</a>
 */
public record OpenLoop(Path folder, Processor processor) {

  private static final int PROCESSES = 8;
  private static final int CONNECTIONS = 512;
  private static final int SECONDS_TO_END = 120;

  /** While the connections are opened. A server needs more time for those than for requests. */
  private static final int SECONDS_TO_BEGIN = 1;

  public static boolean isInstalled() {
    return Installed.is("h2load", "--version");
  }

  /** What a user types to get the load generator. */
  public static List<String> installation() {
    return List.of("apt-get", "install", "nghttp2-client");
  }

  /**
   * Sends the first requests of the workload at a fixed rate, first for a second that does not
   * count, then for some seconds.
   */
  public OpenLoopResult run(Workload workload, int port, int rate, int seconds) {
    List<Process> running = new ArrayList<>();
    try {
      List<Path> logs = new ArrayList<>();
      for (int n = 0; n < PROCESSES; n++) {
        Request request = workload.requests().get(n % workload.requests().size());
        Path body =
            Files.writeString(folder.resolve("h2load-%d.body".formatted(n)), request.body());
        Path log = folder.resolve("h2load-%d.log".formatted(n));
        Files.deleteIfExists(log);
        logs.add(log);
        running.add(
            new ProcessBuilder(
                    processor.runs(
                        command(
                            request,
                            port,
                            (double) rate / PROCESSES,
                            SECONDS_TO_BEGIN + seconds,
                            body,
                            log)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("h2load-%d.out".formatted(n)).toFile())
                .start());
      }
      for (Process process : running) {
        if (!process.waitFor(seconds + SECONDS_TO_END, TimeUnit.SECONDS)
            || process.exitValue() != 0) {
          throw new IllegalStateException("h2load failed; see h2load-*.out in " + folder);
        }
      }
      List<Sent> sent = new ArrayList<>();
      for (Path log : logs) {
        Files.readAllLines(log).stream().map(Sent::parse).forEach(sent::add);
      }
      return OpenLoopResult.of(
          rate, sent, Duration.ofSeconds(SECONDS_TO_BEGIN), Duration.ofSeconds(seconds));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      running.forEach(Process::destroy);
    }
  }

  /** Connections are opened as fast as requests are sent, so that their requests take turns. */
  private static List<String> command(
      Request request, int port, double rate, int seconds, Path body, Path log) {
    int connections = CONNECTIONS / PROCESSES;
    return Stream.concat(
            Stream.of(
                "h2load",
                "--h1",
                "--threads=1",
                "--clients=" + connections,
                "--requests=" + Math.max(connections, Math.round(rate * seconds)),
                "--rate=1",
                "--rate-period=%dms".formatted(Math.max(1, Math.round(1000 / rate))),
                "--rps=" + rate / connections,
                "--data=" + body,
                "--log-file=" + log),
            Stream.concat(
                request.headers().stream().flatMap(header -> Stream.of("-H", header)),
                Stream.of("http://127.0.0.1:%d%s".formatted(port, request.path()))))
        .toList();
  }

  /**
   * A line of the log.
   *
   * @param start microseconds
   * @param status of the response; -1 for none
   * @param micros until the end of the response
   */
  record Sent(long start, int status, long micros) {
    static Sent parse(String line) {
      String[] columns = line.split("\t", -1);
      return new Sent(
          Long.parseLong(columns[0]), Integer.parseInt(columns[1]), Long.parseLong(columns[2]));
    }
  }
}
