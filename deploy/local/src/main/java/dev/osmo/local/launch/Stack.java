package dev.osmo.local.launch;

import dev.osmo.local.CannotStart;
import dev.osmo.local.accounts.DemoUser;
import dev.osmo.local.accounts.ExternalRoles;
import dev.osmo.local.demo.Tutorial;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.FolderLock;
import dev.osmo.local.gateway.Gateway;
import dev.osmo.local.gateway.PublicAddress;
import dev.osmo.local.postgres.PostgresServer;
import dev.osmo.local.process.Child;
import dev.osmo.local.process.ChildSpec;
import dev.osmo.local.process.Children;
import dev.osmo.local.provider.LocalProvider;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The whole stack, from the first check until every process has exited. */
final class Stack {
  /** More than a busy machine needs. */
  private static final Duration WRITING_A_CACHE = Duration.ofMinutes(5);

  private final Installation installation;
  private final Progress progress;
  private final Children children = new Children();

  Stack(Installation installation, Progress progress) {
    this.installation = installation;
    this.progress = progress;
  }

  /** Whether the stack is stopping. */
  boolean stopping() {
    return children.closed();
  }

  /**
   * Starts everything and waits. Returns only by an exception: something cannot start, or a process
   * exited unexpectedly.
   */
  void run(Up options) {
    installation.requireBuilt();
    DataFolder folder = DataFolder.open(options.data());
    FolderLock.runLocked(
        folder,
        () -> {
          start(options, folder);
          throw new CannotStart(children.firstUnexpectedExit().join().exitReport());
        });
  }

  private void start(Up options, DataFolder folder) {
    if (PostgresServer.isFirstStart(folder)) {
      folder.requireSpaceForFirstStart();
    }
    LauncherLog.writeTo(folder);
    PublicAddress address = new PublicAddress(options.port);
    Services services =
        new Services(installation, folder, Ports.choose(), address.url(), options.audiences);
    Vertx vertx = vertx();
    Gateway gateway = new Gateway(vertx);
    address.listen(vertx, gateway.router());
    stopOnSignal(vertx);

    progress.say("Starting osmo in " + folder.root());
    PostgresServer postgres = new Database(folder, children, progress).start(services);
    LocalProvider provider = LocalProvider.start(folder);
    if (options.train && AotCache.isSupported()) {
      progress.say("Preparing faster starts (once, about a minute) …");
      progress.step("Ahead-of-time caches of the services", () -> train(services));
    }
    progress.step(
        "token-service, auth-exchange-service and sample-api", () -> startServices(services));
    Ports ports = services.ports();
    gateway.forward(ports.tokenService(), ports.authExchange(), ports.sampleApi()).open();
    progress.step("Users and access tokens", () -> prepareUsers(folder, address));

    new Summary(
            installation,
            folder,
            services.ports(),
            postgres.version(),
            provider.url(),
            address.url())
        .print(progress.out());
    if (options.demo) {
      playTutorial(folder, address);
    }
  }

  private static String prepareUsers(DataFolder folder, PublicAddress address) {
    Optional<String> note = new DemoUser(folder, address.url()).prepare();
    new ExternalRoles(folder, address.url())
        .map(Map.of("osmo-admin", LocalProvider.ADMINISTRATORS, "osmo-user", LocalProvider.USERS));
    return note.orElse("");
  }

  /** One after the other, because each waits for nothing but the database and its files. */
  private String train(Services services) {
    Ports ports = services.ports();
    train(services.authExchange(), ports.authExchangeManagement());
    train(services.tokenService(), ports.tokenServiceManagement());
    train(services.sampleApi(), ports.sampleApi());
    return "written";
  }

  private void train(ChildSpec service, int port) {
    AotCache cache = AotCache.of(service);
    children.runDuring(
        training -> Readiness.await(training, port), cache.training(service), WRITING_A_CACHE);
    cache.replace();
  }

  private String startServices(Services services) {
    Child tokenService = children.start(services.tokenService());
    Child authExchange = children.start(services.authExchange());
    Child sampleApi = children.start(services.sampleApi());
    Readiness.await(tokenService, services.ports().tokenServiceManagement());
    Readiness.await(authExchange, services.ports().authExchangeManagement());
    Readiness.await(sampleApi, services.ports().sampleApi());
    return "ready";
  }

  private void playTutorial(DataFolder folder, PublicAddress address) {
    progress.say("The tutorial:\n");
    new Tutorial(folder, installation.home(), installation.cli(), address.url(), progress.out())
        .play();
    progress.say(
        "The tutorial is complete; osmo is still running at "
            + address.url()
            + " (Ctrl-C stops it).");
  }

  /** Also runs after a failed start: every exit stops all processes in the same way. */
  private void stopOnSignal(Vertx vertx) {
    Thread stop =
        new Thread(
            () -> {
              progress.silenceSteps();
              progress.say("\nStopping …");
              vertx.close();
              children.close();
              progress.say("Stopped all processes.");
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(stop);
  }

  private static Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }
}
