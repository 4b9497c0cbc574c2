package dev.osmo.cli.signin;

import dev.osmo.cli.environment.Environment;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The browser of this machine: the program of {@code BROWSER}, else that of the desktop. It is
 * started without a shell, so that no character of an address has a meaning.
 */
@Singleton
class Browser {
  private final Environment environment;

  Browser(Environment environment) {
    this.environment = environment;
  }

  /** Whether {@link #open} probably shows a page to the user. */
  boolean isAvailable() {
    return environment.variable("BROWSER").isPresent()
        || (!isRemote() && desktopProgram().isPresent());
  }

  /** Returns false if no program could be started. Does not wait for it. */
  boolean open(BrowserPage page) {
    return environment
        .variable("BROWSER")
        .map(Browser::commands)
        .orElseGet(() -> desktopProgram().stream().map(List::of))
        .anyMatch(command -> start(command, page));
  }

  /**
   * The variable is a list of commands, the path of a program, or both. {@code %s} stands for the
   * address, which is else the last argument.
   */
  private static Stream<List<String>> commands(String variable) {
    return isProgram(variable)
        ? Stream.of(List.of(variable))
        : Stream.of(variable.split(File.pathSeparator, -1))
            .map(String::strip)
            .filter(command -> !command.isEmpty())
            .map(command -> List.of(command.split("\\s+", -1)));
  }

  /** Also with a space in its path. */
  private static boolean isProgram(String path) {
    return path.startsWith("/") && Files.isExecutable(Path.of(path));
  }

  private static boolean start(List<String> words, BrowserPage page) {
    List<String> command = new ArrayList<>();
    words.forEach(word -> command.add(word.replace("%s", page.text())));
    if (command.equals(words)) {
      command.add(page.text());
    }
    try {
      new ProcessBuilder(command)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** A browser would open on the screen of another machine. */
  private boolean isRemote() {
    return Stream.of("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
        .anyMatch(name -> environment.variable(name).isPresent());
  }

  private Optional<String> desktopProgram() {
    if (System.getProperty("os.name", "").startsWith("Mac")) {
      return Optional.of("open");
    }
    boolean desktop =
        Stream.of("DISPLAY", "WAYLAND_DISPLAY")
            .anyMatch(name -> environment.variable(name).isPresent());
    return Optional.of("xdg-open").filter(program -> desktop && isInstalled(program));
  }

  private boolean isInstalled(String program) {
    return Stream.of(environment.variable("PATH").orElse("").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .anyMatch(Files::isExecutable);
  }
}
