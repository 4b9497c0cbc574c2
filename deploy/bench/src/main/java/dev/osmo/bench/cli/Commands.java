package dev.osmo.bench.cli;

import dev.osmo.bench.load.Workload.Request;
import dev.osmo.bench.report.Measurement;
import dev.osmo.bench.report.Progress;
import dev.osmo.bench.report.Section;
import dev.osmo.bench.system.Server;
import dev.osmo.bench.system.TestBed;
import dev.osmo.bench.system.Workloads;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs commands of the native program again and again, in turn: one without a server, and two over
 * HTTPS, whose certificate is among those of the system.
 *
 * @param runs of each command
 */
public record Commands(TestBed bed, Server exchange, Server tokenService, int runs)
    implements Measurement {

  private static final List<String> VERSION = List.of("version");
  private static final List<String> LIST = List.of("token", "list");
  private static final List<String> REFRESH = List.of("auth", "refresh");

  /** Shows what a process costs that does nothing. */
  private static final List<String> NOTHING = List.of("true");

  /** One command and how to run it. */
  private record Subject(
      String name, List<String> command, Map<String, String> environment, double serverMillis) {}

  @Override
  public Section measure() throws IOException, InterruptedException, SQLException {
    Optional<NativeProgram> built = NativeProgram.built();
    if (built.isEmpty()) {
      return leftOut(
          "there is no native binary of osmo: set GRAALVM_HOME and run ./mvnw -pl osmo-cli -am"
              + " verify -DskipTests");
    }
    if (!TestBed.hasFront()) {
      return leftOut("haproxy is missing: " + String.join(" ", TestBed.installationOfFront()));
    }
    FrontCertificate certificate = FrontCertificate.create(bed.folder());
    try (Server front = bed.startFront("tls", exchange, tokenService, certificate.pem())) {
      return new CommandTable(measure(subjects(built.get(), front, certificate)));
    }
  }

  private static Section leftOut(String reason) {
    Progress.say("cli is left out: " + reason);
    return new CommandTable(List.of());
  }

  private List<Subject> subjects(NativeProgram osmo, Server front, FrontCertificate certificate)
      throws IOException, InterruptedException, SQLException {
    String token = bed.tokenOfOwnerOfTen();
    URI server = URI.create("https://localhost:" + front.port());
    Map<String, String> nowhere =
        Map.of(
            "HOME", Files.createDirectory(bed.folder().resolve("home")).toString(), "PATH", "/bin");
    Map<String, String> there =
        Map.of(
            "HOME",
            nowhere.get("HOME"),
            "OSMO_URL",
            server.toString(),
            "OSMO_TOKEN",
            token,
            "SSL_CERT_FILE",
            certificate.trusted().toString());
    try (WarmClient client = new WarmClient(certificate.context(), server)) {
      Request listed = bed.tokenWorkloads(exchange).listOfTen().requests().getFirst();
      double exchanging = client.millis(new Workloads(List.of(token)).warm().requests().getFirst());
      double listing = exchanging + client.millis(listed);
      return List.of(
          new Subject("true", NOTHING, nowhere, 0),
          new Subject("version", osmo.command(VERSION), nowhere, 0),
          new Subject("auth refresh", osmo.command(REFRESH), there, exchanging),
          new Subject("token list", osmo.command(LIST), there, listing));
    }
  }

  private List<CommandRun> measure(List<Subject> subjects)
      throws IOException, InterruptedException {
    Path errors = bed.folder().resolve("cli.err");
    List<CommandRun> measured = new ArrayList<>();
    for (int run = 0; run <= runs; run++) {
      for (Subject subject : subjects) {
        double millis = NativeProgram.run(subject.command(), subject.environment(), errors);
        if (run > 0) { // the first one reads the file of the program
          measured.add(new CommandRun(subject.name(), millis, subject.serverMillis()));
        }
      }
    }
    return measured;
  }
}
