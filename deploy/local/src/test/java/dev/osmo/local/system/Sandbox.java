package dev.osmo.local.system;

import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A container without a container engine: bubblewrap gives a process a read-only root, namespaces
 * and a user of its own, and takes every capability from it.
 *
 * @param options of bubblewrap
 * @param command that runs in the sandbox; {@link #start} adds arguments
 */
record Sandbox(List<String> options, List<String> command) {
  static final String SKIPPED =
      "SKIPPED: bubblewrap is not installed, so the sidecar and its program are not run in"
          + " sandboxes";

  private static final String SHARED = "/run/osmo";

  static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "bwrap")));
  }

  /** It may write the shared folder, and read its Secret. It has the network of the machine. */
  static Sandbox ofSidecar(Path shared, Path secret, String url) {
    List<String> options = restricted("10001");
    options.addAll(List.of("--share-net", "--ro-bind", "/", "/", "--tmpfs", "/tmp"));
    // The checkout may be in a folder that is hidden by now.
    String checkout = RunningStack.HOME.toString();
    options.addAll(List.of("--ro-bind", checkout, checkout));
    options.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/run"));
    options.addAll(List.of("--bind", shared.toString(), SHARED));
    options.addAll(List.of("--ro-bind", secret.toString(), "/run/secrets/osmo"));
    options.addAll(List.of("--setenv", "OSMO_URL", url));
    options.addAll(List.of("--setenv", "OSMO_TOKEN_FILE", "/run/secrets/osmo/token"));
    return new Sandbox(options, List.of(RunningStack.HOME.resolve("osmo-cli/osmo").toString()));
  }

  /** It may read the shared folder, and sees neither the Secret nor a network. */
  static Sandbox ofProgram(Path shared) {
    List<String> options = restricted("10002");
    options.addAll(List.of("--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin"));
    options.addAll(List.of("--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"));
    options.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
    options.addAll(List.of("--ro-bind", shared.toString(), SHARED));
    return new Sandbox(options, List.of());
  }

  private static List<String> restricted(String user) {
    return new ArrayList<>(
        List.of(
            "--unshare-all",
            "--die-with-parent",
            "--as-pid-1",
            "--uid",
            user,
            "--gid",
            "10001",
            "--cap-drop",
            "ALL"));
  }

  /** With a folder that the process may write. */
  Sandbox with(Path folder, String place) {
    return withOptions("--bind", folder.toString(), place);
  }

  Sandbox withVariable(String name, String value) {
    return withOptions("--setenv", name, value);
  }

  /** With the network of the machine, as the containers of a pod share one. */
  Sandbox withNetwork() {
    return withOptions("--share-net");
  }

  private Sandbox withOptions(String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return new Sandbox(all, command);
  }

  Process start(String... arguments) throws IOException {
    return start(List.of(arguments));
  }

  Process start(List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("bwrap"));
    all.addAll(options);
    all.addAll(command);
    all.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(all).inheritIO();
    builder.environment().keySet().removeIf(name -> name.startsWith("OSMO_"));
    return builder.start();
  }

  /** Sends SIGTERM to the first process in the sandbox, as the kubelet does. */
  static void terminate(Process sandbox) {
    sandbox.children().forEach(ProcessHandle::destroy);
  }

  /** The whole sandbox ends at once. */
  static void kill(Process sandbox) {
    sandbox.children().forEach(ProcessHandle::destroyForcibly);
    Patience.exitOf(sandbox.destroyForcibly());
  }
}
