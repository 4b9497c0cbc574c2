package dev.osmo.bench;

import dev.osmo.bench.cpu.Processor;
import dev.osmo.bench.cpu.ProcessorTime;
import dev.osmo.bench.load.LoadResult;
import dev.osmo.bench.load.OpenLoop;
import dev.osmo.bench.load.OpenLoopResult;
import dev.osmo.bench.load.Workload;
import dev.osmo.bench.load.Wrk;
import dev.osmo.bench.removal.RoleRemoval;
import dev.osmo.bench.removal.RoleRemovals;
import dev.osmo.bench.report.Report;
import dev.osmo.bench.report.Round;
import dev.osmo.bench.start.ServiceStart;
import dev.osmo.bench.start.Starts;
import dev.osmo.bench.system.KeycloakPeer;
import dev.osmo.bench.system.Server;
import dev.osmo.bench.system.TestBed;
import dev.osmo.bench.system.TokenWorkloads;
import dev.osmo.bench.system.Workloads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  /** What has the rate of hashes as its ceiling. */
  private static final List<String> HASHING = List.of("create", "rotate", "cold-exchange");

  /** How many tokens carry a role that is removed. */
  private static final int FEW = 100;

  private static final int MANY = 10_000;

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

  @Option(
      names = "--only",
      split = ",",
      description = "The workloads to measure, role-removal and start; all without it.")
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

  private static final int CONNECTIONS_FOR_THE_GREATEST_RATE = 32;
  private static final int WARM_UP_STEP = 5;
  private static final int OVERLOADS_TO_WARM_UP = 3;
  private static final double STABLE = 1.03;
  private static final double NOISY = 0.1;
  private static final int ATTEMPTS = 3;

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
    List<Round> measured = new ArrayList<>();
    List<OpenLoopResult> fixedRates = new ArrayList<>();
    List<RoleRemoval> removals = new ArrayList<>();
    List<ServiceStart> starts = new ArrayList<>();
    try (TestBed bed = TestBed.prepare(data, tokens, java);
        Servers servers = start(bed)) {
      Wrk wrk = new Wrk(bed.folder());
      for (Subject subject : servers.subjects()) {
        warmUp(wrk, subject);
      }
      for (int round = 1; round <= rounds; round++) {
        for (int connection : connections) {
          say("round %d of %d, %d connections".formatted(round, rounds, connection));
          for (Subject subject : servers.subjects()) {
            measured.add(measure(bed, wrk, servers, subject, connection));
          }
        }
      }
      if (isWanted(ROLE_REMOVAL)) {
        RoleRemovals removed =
            new RoleRemovals(
                bed,
                servers.named("exchange"),
                servers.named("tokens"),
                wrk,
                bed.workloads().warm());
        say("removing roles");
        removals.addAll(removed.measure("few", FEW, rounds, seconds));
        removals.addAll(removed.measure("many", MANY, rounds, seconds));
      }
      if (isWanted(START)) {
        say("starting the services again and again");
        Starts start = new Starts(bed.folder());
        starts.addAll(start.measure(bed.exchange(), rounds));
        starts.addAll(start.measure(bed.tokenService(servers.named("exchange")), rounds));
      }
      if (overload) {
        fixedRates.addAll(sendAtFixedRates(bed, servers));
      }
    }
    Report report = new Report(measured, fixedRates, removals, starts, TestBed.machine());
    report.print(System.out);
    Path file = data.resolve("results.json");
    report.write(file);
    Path chart = data.resolve("results.svg");
    report.draw(chart);
    System.out.println("\nEvery round: " + file + ", the rates: " + chart);
    return 0;
  }

  private Servers start(TestBed bed) throws Exception {
    Servers servers = new Servers();
    Workloads workloads = bed.workloads();
    try {
      servers.add(bed.startCeiling("ceiling", 1), ceilings(workloads));
      servers.add(bed.startCeiling("batched", BATCH), List.of(workloads.warm()));
      Server exchange = bed.startExchange();
      servers.add(exchange, wanted(workloads.all()));
      List<Workload> cold = wanted(List.of(workloads.cold()));
      List<Workload> gateway = wanted(List.of(workloads.throughGateway()));
      if (!gateway.isEmpty()) {
        servers.add(bed.startGateway(exchange), gateway);
      }
      if (!cold.isEmpty()) {
        servers.add(bed.startColdExchange(), cold);
      }
      servers.add(bed.startTokenService(exchange), wanted(bed.tokenWorkloads(exchange).all()));
      if (keycloak) {
        say("starting Keycloak");
        Server server = bed.startKeycloak();
        servers.add(server, KeycloakPeer.workloads(server));
      }
      return servers;
    } catch (Exception e) {
      servers.close();
      throw e;
    }
  }

  private List<Workload> ceilings(Workloads workloads) {
    return HASHING.stream().anyMatch(this::isWanted)
        ? List.of(workloads.warm(), TokenWorkloads.hashes())
        : List.of(workloads.warm());
  }

  /**
   * The exchange and its database share one processor, and the load generator has the other: twice
   * the greatest rate is then possible on two. Nothing can be measured afterwards: both keep their
   * processor.
   */
  private List<OpenLoopResult> sendAtFixedRates(TestBed bed, Servers servers) {
    Workload warm = bed.workloads().warm();
    Server exchange = servers.named("exchange");
    Processor.FIRST.take(exchange.pid());
    Processor.FIRST.take(bed.postmaster());
    OpenLoop load = new OpenLoop(bed.folder(), Processor.SECOND);
    for (int run = 1; run <= OVERLOADS_TO_WARM_UP; run++) {
      say("overloading the exchange, so that the code that refuses is compiled");
      load.run(warm, exchange.port(), (int) (2 * greatest(bed, exchange)), seconds);
    }
    double greatest = greatest(bed, exchange);
    say("on one processor the exchange does %,.0f requests a second".formatted(greatest));
    List<OpenLoopResult> results = new ArrayList<>();
    for (double part : List.of(0.5, 0.9, 2.0)) {
      int rate = (int) (greatest * part);
      say("%,d requests a second, whether or not responses come".formatted(rate));
      results.add(load.run(warm, exchange.port(), rate, seconds));
    }
    return results;
  }

  private double greatest(TestBed bed, Server exchange) {
    return new Wrk(bed.folder(), Processor.SECOND)
        .run(bed.workloads().warm(), exchange.port(), CONNECTIONS_FOR_THE_GREATEST_RATE, seconds)
        .perSecond();
  }

  private List<Workload> wanted(List<Workload> workloads) {
    return workloads.stream().filter(workload -> isWanted(workload.name())).toList();
  }

  private boolean isWanted(String name) {
    return only.isEmpty() || only.contains(name);
  }

  /** Until the rate grows no more. */
  private void warmUp(Wrk wrk, Subject subject) {
    double rate = 0;
    for (int spent = 0; spent < warmUp; spent += WARM_UP_STEP) {
      double last = rate;
      rate =
          wrk.run(subject.workload(), subject.server().port(), 8, Math.min(WARM_UP_STEP, warmUp))
              .perSecond();
      say("warming up %s: %,.0f requests a second".formatted(subject, rate));
      if (rate < last * STABLE) {
        return;
      }
    }
  }

  /** Again while other programs use the machine; the quietest attempt counts. */
  private Round measure(TestBed bed, Wrk wrk, Servers servers, Subject subject, int connection) {
    Round quietest = measureOnce(bed, wrk, servers, subject, connection);
    for (int attempt = 2; attempt <= ATTEMPTS && quietest.foreign() > NOISY; attempt++) {
      say("once more, as other programs used %.2f".formatted(quietest.foreign()));
      Round again = measureOnce(bed, wrk, servers, subject, connection);
      quietest = again.foreign() < quietest.foreign() ? again : quietest;
    }
    return quietest;
  }

  private Round measureOnce(
      TestBed bed, Wrk wrk, Servers servers, Subject subject, int connection) {
    Server server = subject.server();
    Duration allBefore = servers.processorTime();
    Duration serverBefore = ProcessorTime.ofTree(server.pid());
    Duration databaseBefore = ProcessorTime.ofTree(bed.postmaster());
    Duration childrenBefore = ProcessorTime.ofEndedChildren();
    Duration machineBefore = ProcessorTime.ofMachine();
    long start = System.nanoTime();
    LoadResult load = wrk.run(subject.workload(), server.port(), connection, seconds);
    double capacity =
        (System.nanoTime() - start) / 1e6 * Runtime.getRuntime().availableProcessors();
    double ofServer = ProcessorTime.ofTree(server.pid()).minus(serverBefore).toMillis();
    double ofAll = servers.processorTime().minus(allBefore).toMillis();
    double ofDatabase = ProcessorTime.ofTree(bed.postmaster()).minus(databaseBefore).toMillis();
    double ofLoad = ProcessorTime.ofEndedChildren().minus(childrenBefore).toMillis();
    double ofMachine = ProcessorTime.ofMachine().minus(machineBefore).toMillis();
    return new Round(
        server.name(),
        subject.workload().name(),
        subject.workload().ceiling(),
        connection,
        load,
        ofServer / load.requests(),
        ofDatabase / load.requests(),
        Math.max(0, ofMachine - ofAll - ofDatabase - ofLoad) / capacity,
        server.residentMebibytes());
  }

  /** One kind of work of one server. */
  record Subject(Server server, Workload workload) {
    @Override
    public String toString() {
      return server.name() + " " + workload.name();
    }
  }

  /** The running servers, in the order of a round. */
  private static final class Servers implements AutoCloseable {
    private final List<Server> running = new ArrayList<>();
    private final List<Subject> subjects = new ArrayList<>();

    void add(Server server, List<Workload> workloads) {
      running.add(server);
      workloads.forEach(workload -> subjects.add(new Subject(server, workload)));
    }

    Server named(String name) {
      return running.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    /** Of all of them: the work of a server may go through another one. */
    Duration processorTime() {
      return running.stream()
          .map(server -> ProcessorTime.ofTree(server.pid()))
          .reduce(Duration.ZERO, Duration::plus);
    }

    List<Subject> subjects() {
      return List.copyOf(subjects);
    }

    @Override
    public void close() {
      running.forEach(Server::close);
    }
  }

  private static void say(String text) {
    System.err.println("bench: " + text);
  }
}
