package dev.osmo.bench;

import dev.osmo.bench.cli.Commands;
import dev.osmo.bench.growth.Growth;
import dev.osmo.bench.load.OpenLoop;
import dev.osmo.bench.load.Workload;
import dev.osmo.bench.load.Wrk;
import dev.osmo.bench.memory.SteadyMemory;
import dev.osmo.bench.overload.FixedRates;
import dev.osmo.bench.removal.RoleRemovals;
import dev.osmo.bench.replicas.Replicas;
import dev.osmo.bench.report.Measurement;
import dev.osmo.bench.report.Progress;
import dev.osmo.bench.report.Report;
import dev.osmo.bench.report.Section;
import dev.osmo.bench.rounds.AlternatingRounds;
import dev.osmo.bench.rounds.RoundTable;
import dev.osmo.bench.rounds.Rounds;
import dev.osmo.bench.rounds.Servers;
import dev.osmo.bench.start.Starts;
import dev.osmo.bench.system.KeycloakPeer;
import dev.osmo.bench.system.Server;
import dev.osmo.bench.system.TestBed;
import dev.osmo.bench.system.TestBed.Seeding;
import dev.osmo.bench.system.TokenWorkloads;
import dev.osmo.bench.system.Workloads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deploy/bench/run}: measures servers on one machine in alternating rounds. */
@Command(
    name = "deploy/bench/run",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Measures both services beside a ceiling program and Keycloak, in alternating rounds.")
public final class Bench implements Callable<Integer> {

  private static final String ROLE_REMOVAL = "role-removal";
  private static final String START = "start";
  private static final String CLI = "cli";

  private static final int RUNS_OF_A_COMMAND = 50;

  /** What has the rate of hashes as its ceiling. */
  private static final List<String> HASHING = List.of("create", "rotate", "cold-exchange");

  @Option(names = "--rounds", description = "Measured rounds of each workload.")
  int rounds = 3;

  @Option(names = "--seconds", description = "Length of a round.")
  int seconds = 8;

  @Option(
      names = "--warm-up",
      description =
          "Seconds of load on each workload before the first round, unless its rate is stable sooner.")
  int warmUp = 60;

  @Option(names = "--connections", split = ",", description = "Connections of the load generator.")
  List<Integer> connections = List.of(32, 1);

  @Option(names = "--tokens", description = "Tokens in the database.")
  int tokens = 1000;

  @Option(names = "--roles", description = "Roles of each user and of each token.")
  int roles = 4;

  @Option(
      names = "--postgres",
      split = ",",
      paramLabel = "NAME=VALUE",
      description = "Settings of PostgreSQL, for example shared_buffers=2GB; its defaults without.")
  Map<String, String> postgres = Map.of();

  @Option(
      names = "--growth",
      split = ",",
      paramLabel = "TOKENS",
      description =
          "Insert tokens until there are so many and measure exchanges, for each of these numbers.")
  List<Integer> growth = List.of();

  @Option(
      names = "--replicas",
      split = ",",
      paramLabel = "NUMBER",
      description = "Measure so many replicas of the exchange behind a front, for each number.")
  List<Integer> replicas = List.of();

  @Option(
      names = "--budget",
      description = "The part of a processor that each replica may use; 0.1 or more.")
  double budget = 0.2;

  @Option(
      names = "--memory",
      paramLabel = "MINUTES",
      description = "Watch the memory of both services under a steady load for so many minutes.")
  int memory;

  @Option(
      names = "--only",
      split = ",",
      description = "The workloads to measure, role-removal, start and cli; all without it.")
  Set<String> only = Set.of();

  @Option(
      names = "--keycloak",
      description = "Measure Keycloak, too. The first time this downloads about 160 MB.")
  boolean keycloak;

  @Option(
      names = "--overload",
      description =
          "Then send warm exchanges at fixed rates of 0.5, 0.9 and 2 times the greatest rate.")
  boolean overload;

  @Option(
      names = "--java",
      split = " ",
      description = "Options of the Java runtimes of the services, separated by spaces.")
  List<String> java = List.of("-Xmx512m");

  @Option(
      names = "--data",
      description = "Folder for the database, logs and results. Deleted first.")
  Path data = Path.of("deploy", "bench", "target", "run");

  /** So many look-ups go together in the exchange, too. */
  private static final int BATCH = 32;

  Bench() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (!Wrk.isInstalled()) {
      System.err.println("bench: wrk is missing: " + String.join(" ", Wrk.installation()));
      return 1;
    }
    if (overload && !OpenLoop.isInstalled()) {
      System.err.println("bench: h2load is missing: " + String.join(" ", OpenLoop.installation()));
      return 1;
    }
    if (!replicas.isEmpty() && !TestBed.hasFront()) {
      System.err.println(
          "bench: haproxy is missing: " + String.join(" ", TestBed.installationOfFront()));
      return 1;
    }
    Path file = data.resolve("results.json");
    List<Section> sections = new ArrayList<>();
    try (TestBed bed = TestBed.prepare(data, seeding(), java);
        Servers servers = start(bed)) {
      Rounds meter = new Rounds(bed.postmaster(), new Wrk(bed.folder()), servers, seconds);
      RoundTable table = new AlternatingRounds(meter, rounds, connections, warmUp).measure();
      table.draw(data.resolve("results.svg"));
      sections.add(table);
      for (Measurement measurement : measurements(bed, servers, meter)) {
        new Report(sections, TestBed.machine()).write(file); // should a later one fail
        sections.add(measurement.measure());
      }
    }
    Report report = new Report(sections, TestBed.machine());
    report.print(System.out);
    report.write(file);
    System.out.println("\nEvery round: " + file + ", the rates: " + data.resolve("results.svg"));
    return 0;
  }

  private Seeding seeding() {
    return growth.isEmpty()
        ? new Seeding(tokens, 0, roles, postgres)
        : new Seeding(Math.min(tokens, Collections.min(growth)), Growth.EXCHANGED, roles, postgres);
  }

  /** In the order in which they run. */
  private List<Measurement> measurements(TestBed bed, Servers servers, Rounds meter) {
    Server exchange = servers.named("exchange");
    List<Measurement> wanted = new ArrayList<>();
    if (isWanted(ROLE_REMOVAL)) {
      wanted.add(
          new RoleRemovals(bed, exchange, servers.named("tokens"), meter.wrk(), rounds, seconds));
    }
    if (isWanted(START)) {
      wanted.add(
          new Starts(bed.folder(), List.of(bed.exchange(), bed.tokenService(exchange)), rounds));
    }
    if (isWanted(CLI)) {
      wanted.add(new Commands(bed, exchange, servers.named("tokens"), RUNS_OF_A_COMMAND));
    }
    if (!replicas.isEmpty()) {
      wanted.add(new Replicas(bed, meter.wrk(), replicas, budget, rounds, seconds, warmUp));
    }
    if (memory > 0) {
      wanted.add(new SteadyMemory(bed, Duration.ofMinutes(memory)));
    }
    if (!growth.isEmpty()) {
      wanted.add(new Growth(bed, exchange, meter, growth, rounds, warmUp));
    }
    if (overload) {
      wanted.add(
          new FixedRates(
              bed.folder(), exchange, bed.postmaster(), bed.workloads().warm(), seconds));
    }
    return wanted;
  }

  /** The exchange, and the other servers whose work is wanted. */
  private Servers start(TestBed bed) throws Exception {
    Servers servers = new Servers();
    Workloads workloads = bed.workloads();
    try {
      List<Workload> ofExchange = wanted(workloads.all());
      List<Workload> gateway = wanted(List.of(workloads.throughGateway()));
      List<Workload> cold = wanted(List.of(workloads.cold()));
      boolean reads = !ofExchange.isEmpty() || !gateway.isEmpty();
      if (reads || HASHING.stream().anyMatch(this::isWanted)) {
        servers.add(bed.startCeiling("ceiling", 1), ceilings(workloads, reads));
      }
      if (reads) {
        servers.add(bed.startCeiling("batched", BATCH), List.of(workloads.warm()));
      }
      Server exchange = bed.startExchange();
      servers.add(exchange, ofExchange);
      if (!gateway.isEmpty()) {
        servers.add(bed.startGateway(exchange), gateway);
      }
      if (!cold.isEmpty()) {
        servers.add(bed.startColdExchange(), cold);
      }
      if (TokenWorkloads.NAMES.stream().anyMatch(this::isWanted)
          || isWanted(ROLE_REMOVAL)
          || isWanted(CLI)) {
        servers.add(bed.startTokenService(exchange), wanted(bed.tokenWorkloads(exchange).all()));
      }
      if (keycloak) {
        Progress.say("starting Keycloak");
        Server server = bed.startKeycloak();
        servers.add(server, KeycloakPeer.workloads(server));
      }
      return servers;
    } catch (Exception e) {
      servers.close();
      throw e;
    }
  }

  private List<Workload> ceilings(Workloads workloads, boolean reads) {
    List<Workload> ceilings = new ArrayList<>();
    if (reads) {
      ceilings.add(workloads.warm());
    }
    if (HASHING.stream().anyMatch(this::isWanted)) {
      ceilings.add(TokenWorkloads.hashes());
    }
    return ceilings;
  }

  private List<Workload> wanted(List<Workload> workloads) {
    return workloads.stream().filter(workload -> isWanted(workload.name())).toList();
  }

  private boolean isWanted(String name) {
    return only.isEmpty() || only.contains(name);
  }
}
