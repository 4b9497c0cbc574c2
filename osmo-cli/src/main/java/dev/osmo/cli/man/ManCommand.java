package dev.osmo.cli.man;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "man",
    description = {
      "Show the manual page of osmo or of a command.",
      "At a terminal it opens the man program; otherwise it prints the page's source."
    })
public class ManCommand implements Runnable {

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The command, for example token set or token-set (default: osmo itself).")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "DIRECTORY",
      description = "Write the pages of all commands to this directory instead.")
  private Optional<String> directory = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Terminal terminal;
  private final String version;

  ManCommand(
      Terminal terminal, @ConfigProperty(name = "quarkus.application.version") String version) {
    this.terminal = terminal;
    this.version = version;
  }

  @Override
  public void run() {
    DescribedCommand osmo = new DescribedCommand(spec.root());
    if (directory.isPresent()) {
      writeAll(osmo, directory.get());
    } else {
      show(ManPage.of(described(osmo), version));
    }
  }

  private DescribedCommand described(DescribedCommand osmo) {
    String name = String.join("-", words);
    return osmo.andBelow()
        .filter(command -> command.pageName().equals(name.isEmpty() ? "osmo" : "osmo-" + name))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.of(ExitCode.NOT_FOUND, "There is no command " + name, "See: osmo --help"));
  }

  private void show(String page) {
    if (!terminal.isInteractive() || !ManProgram.shows(page)) {
      terminal.block(page);
    }
  }

  private void writeAll(DescribedCommand osmo, String name) {
    try {
      Path folder = Files.createDirectories(Path.of(name));
      for (DescribedCommand command : osmo.andBelow().toList()) {
        Path file = folder.resolve(command.pageName() + ".1");
        Files.writeString(file, ManPage.of(command, version));
      }
    } catch (IOException | InvalidPathException unwritable) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Cannot write manual pages to " + name,
          "Check that the directory is writable.");
    }
  }
}
