package dev.osmo.local.launch;

import dev.osmo.local.CannotStart;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code deploy/local/up}: starts the whole system on this machine, in the foreground. */
@Command(
    name = "deploy/local/up",
    mixinStandardHelpOptions = true,
    description =
        "Starts PostgreSQL, token-service, auth-exchange-service and sample-api behind http://localhost:PORT. Ctrl-C stops them.")
final class Up implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder (default: $XDG_DATA_HOME/osmo, else ~/.local/share/osmo).")
  Path data = defaultData();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The public port (default: 8080).")
  int port;

  @Option(
      names = "--demo",
      description = "Run the tutorial on the running stack and show each command.")
  boolean demo;

  @Option(
      names = "--train",
      description =
          "First run each service once to write its ahead-of-time cache, so that it starts faster.")
  boolean train;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Up()).execute(arguments));
  }

  /** Returns only after a failure; a signal stops a running stack. */
  @Override
  public Integer call() {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Stack stack =
        new Stack(Installation.ofThisJar(), new Progress(out, Boolean.getBoolean("osmo.terminal")));
    try {
      stack.run(this);
    } catch (CannotStart e) {
      if (!stack.stopping()) {
        err.println("osmo: " + e.getMessage());
      }
    }
    return 1;
  }

  private static Path defaultData() {
    String xdg = System.getenv("XDG_DATA_HOME");
    Path base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(xdg);
    return base.resolve("osmo");
  }
}
