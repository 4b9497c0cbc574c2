package dev.osmo.cli.sidecar;

import dev.osmo.cli.environment.InterruptCleanup;
import dev.osmo.cli.listen.Answer;
import dev.osmo.cli.listen.RequestHead;
import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.renewal.Exchanges;
import dev.osmo.cli.renewal.RenewedJwts;
import dev.osmo.cli.session.TokenChanges;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code osmo sidecar run}: the container beside the program. */
@Command(
    name = "run",
    description = {
      "Write JWTs to files, give them to programs that ask, and add them to requests, until SIGTERM,"
          + " which deletes the files.",
      "A token file is read again when its content changes. If the server refuses the token, the"
          + " command goes on, so that it recovers when the token file is replaced. A file is"
          + " deleted when its JWT expires."
    })
class SidecarRunCommand implements Runnable {
  /** So often it looks at the token file and at the clock. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** More than the 1,000 threads of a program that all start with a request. */
  private static final int MOST_CALLERS = 2048;

  private static final int MOST_PROBES = 32;
  private static final int MOST_PROXIED = 512;

  @Mixin private SinkOptions sinks = new SinkOptions();
  @Mixin private ServingOptions serving = new ServingOptions();
  @Mixin private ProxyOptions proxy = new ProxyOptions();
  @Mixin private HookOptions hookOptions = new HookOptions();
  @Mixin private SelfRotateOption selfRotate = new SelfRotateOption();

  private final Exchanges exchanges;
  private final Proxying proxying;
  private final TokenRenewal tokenRenewal;
  private final TokenChanges changes;
  private final InterruptCleanup cleanup;
  private final Terminal terminal;
  private final Clock clock;
  private final CountDownLatch stopped = new CountDownLatch(1);

  SidecarRunCommand(
      Exchanges exchanges,
      Proxying proxying,
      TokenRenewal tokenRenewal,
      TokenChanges changes,
      InterruptCleanup cleanup,
      Terminal terminal,
      Clock clock) {
    this.exchanges = exchanges;
    this.proxying = proxying;
    this.tokenRenewal = tokenRenewal;
    this.changes = changes;
    this.cleanup = cleanup;
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public void run() {
    if (sinks.all().isEmpty() && serving.listen().isEmpty() && !proxy.isRequested()) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "The sidecar would give its JWT to nobody",
          "Add --sink file:PATH, --listen 127.0.0.1:PORT, or --proxy with --upstream.");
    }
    sinks.all().forEach(Sink::requireFolder);
    sinks.all().forEach(sink -> sink.deleteIfExpired(clock.instant()));
    Hooks hooks = new Hooks(hookOptions, terminal);
    RenewedJwts jwts = new RenewedJwts(exchanges, terminal, clock, kept(), hooks::renewed);
    Listeners listeners = new Listeners(terminal);
    InterruptCleanup.Registration stop = cleanup.registerEnd(() -> end(jwts, listeners));
    try (stop) {
      listen(jwts, hooks, listeners);
      do {
        jwts.tick(changes.sinceLastAsked());
        selfRotate.wanted().ifPresent(tokenRenewal::tick);
      } while (!isStopped());
    } finally {
      end(jwts, listeners);
    }
  }

  /** By their rights, so that equal ones need one exchange. */
  private Map<Downscope, List<Sink>> kept() {
    Map<Downscope, List<Sink>> kept = sinks.byRights();
    if (serving.listen().isPresent()) {
      kept.putIfAbsent(new Downscope(), List.of());
    }
    if (proxy.isRequested()) {
      kept.putIfAbsent(proxy.target().rights(), List.of());
    }
    return kept;
  }

  private void listen(RenewedJwts jwts, Hooks hooks, Listeners listeners) {
    StatusCounts ofApi = new StatusCounts();
    StatusCounts ofProxy = new StatusCounts();
    Optional<Runnable> quit =
        Optional.<Runnable>of(stopped::countDown).filter(each -> serving.isQuitAllowed());
    TokenApi api = new TokenApi(jwts, clock, quit);
    Health health = new Health(jwts, hooks, tokenRenewal, ofApi, ofProxy);
    serving
        .listen()
        .ifPresent(
            address -> listeners.answer("API", address, MOST_CALLERS, counted(api::answer, ofApi)));
    serving
        .health()
        .ifPresent(address -> listeners.answer("Probes", address, MOST_PROBES, health::answer));
    if (proxy.isRequested()) {
      listeners.serve(
          "Proxy",
          proxy.address(),
          MOST_PROXIED,
          proxying.service(proxy.target(), jwts, ofProxy::count));
    }
  }

  private static Function<RequestHead, Answer> counted(
      Function<RequestHead, Answer> answers, StatusCounts counts) {
    return request -> {
      Answer answer = answers.apply(request);
      counts.count(answer.status());
      return answer;
    };
  }

  private boolean isStopped() {
    try {
      return stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** The files first: nothing else outlives the process. */
  private static void end(RenewedJwts jwts, Listeners listeners) {
    jwts.close();
    listeners.close();
  }
}
