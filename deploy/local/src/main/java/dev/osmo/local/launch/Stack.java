package dev.osmo.local.launch;

import dev.osmo.local.demo.Tutorial;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.folder.FolderLock;
import dev.osmo.local.gateway.Gateway;
import dev.osmo.local.gateway.PublicAddress;
import dev.osmo.local.people.DemoUser;
import dev.osmo.local.postgres.PostgresServer;
import dev.osmo.local.problem.CannotStart;
import dev.osmo.local.process.Child;
import dev.osmo.local.process.Children;
import dev.osmo.local.workflow.WorkflowApi;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.URI;

/** Everything that runs, from the first check to the last stop. */
final class Stack {
  private final Installation installation;
  private final Progress progress;
  private final Children children = new Children();

  Stack(Installation installation, Progress progress) {
    this.installation = installation;
    this.progress = progress;
  }

  /** Whether somebody asked the stack to stop. */
  boolean stopping() {
    return children.closed();
  }

  /**
   * Starts everything and waits. Ends only by throwing: something could not start, or one of the
   * processes died.
   */
  void run(Up options) {
    installation.requireBuilt();
    DataFolder folder = DataFolder.open(options.data);
    FolderLock.whileHeld(
        folder,
        () -> {
          start(options, folder);
          throw new CannotStart(children.firstDeath().join().obituary());
        });
  }

  private void start(Up options, DataFolder folder) {
    if (PostgresServer.isFirstStart(folder)) {
      folder.requireRoomForFirstStart();
    }
    LauncherLog.writeTo(folder);
    PublicAddress address = new PublicAddress(options.port);
    Services services = new Services(installation, folder, Ports.choose(), address.url());
    Vertx vertx = vertx();
    Gateway gateway = new Gateway(vertx);
    address.listen(vertx, gateway.router());
    stopOnSignal(vertx);

    progress.say("Starting osmo in " + folder.root());
    PostgresServer postgres = new Database(folder, children, progress).start(services);
    progress.step("token-service and auth-exchange-service", () -> startServices(services));
    WorkflowApi workflows =
        new WorkflowApi(vertx, folder.workflows(), URI.create(services.jwks()), address.url());
    workflows.addTo(
        gateway.forward(services.ports().tokenService(), services.ports().authExchange()).router());
    gateway.open();
    progress.step(
        "Users and their tokens", () -> new DemoUser(folder, address.url()).prepare().orElse(""));

    new Summary(installation, folder, services.ports(), postgres.version(), address.url())
        .print(progress.out());
    if (options.demo) {
      playTutorial(folder, address);
    }
  }

  private String startServices(Services services) {
    Child tokenService = children.start(services.tokenService());
    Child authExchange = children.start(services.authExchange());
    Readiness.await(tokenService, services.ports().tokenServiceManagement());
    Readiness.await(authExchange, services.ports().authExchangeManagement());
    return "ready";
  }

  private void playTutorial(DataFolder folder, PublicAddress address) {
    progress.say("The tutorial:\n");
    new Tutorial(folder, installation.home(), installation.cli(), address.url(), progress.out())
        .play();
    progress.say(
        "The tutorial is done; osmo goes on running at " + address.url() + " (Ctrl-C stops it).");
  }

  /**
   * Also runs when the launcher itself gives up: there is one way down, and it leaves no process.
   */
  private void stopOnSignal(Vertx vertx) {
    Thread stop =
        new Thread(
            () -> {
              progress.silenceSteps();
              progress.say("\nStopping …");
              vertx.close();
              children.close();
              progress.say("Stopped; nothing is left running.");
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
