package dev.osmo.cli;

import dev.osmo.cli.environment.InterruptCleanup;
import dev.osmo.cli.environment.Variables;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.tty.Colors;
import dev.osmo.cli.tty.StandardStream;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code osmo}: arguments in, exit code out. */
@Singleton
@Unremovable
class OsmoApplication implements QuarkusApplication {
  private final IFactory beans;
  private final Terminal terminal;
  private final InterruptCleanup cleanup;
  private final Variables variables;

  OsmoApplication(
      IFactory beans, Terminal terminal, InterruptCleanup cleanup, Variables variables) {
    this.beans = beans;
    this.terminal = terminal;
    this.cleanup = cleanup;
    this.variables = variables;
  }

  @Override
  public int run(String... args) {
    Interruption interruption = new Interruption(cleanup);
    try (interruption) {
      int code = execute(command(args));
      boolean delivered = terminal.delivered();
      return delivered || code != ExitCode.OK.number() ? code : undelivered().number();
    }
  }

  /**
   * It is not an error if the reader closes the pipe early, unless the output cannot be repeated.
   */
  private ExitCode undelivered() {
    if (StandardStream.isPipe(1) && terminal.onlyCopyLost().isEmpty()) {
      return ExitCode.OUTPUT_CLOSED;
    }
    terminal.message(
        "Error: The result could not be written to standard output."
            + terminal.onlyCopyLost().map(next -> " " + next).orElse(""));
    return ExitCode.SERVER_ERROR;
  }

  /** Reads the raw arguments, because help may be printed before the options are parsed. */
  private Ansi colors(String... args) {
    return List.of(args).contains("--no-color")
        ? Ansi.OFF
        : Colors.mode(
            StandardStream.isTerminal(1),
            variables.variable("NO_COLOR"),
            variables.variable("TERM"));
  }

  /** {@code help COMMAND} and {@code --version} are other spellings of commands. */
  private String[] command(String... args) {
    if (List.of(args).equals(List.of("--version"))) {
      return new String[] {"version"};
    }
    boolean help = args.length > 0 && args[0].equals("help");
    return help ? helpOf(List.of(args).subList(1, args.length)) : args;
  }

  /** Help of the command; for a mistyped word the words up to it, which are an error. */
  private String[] helpOf(List<String> words) {
    CommandLine command = OneCommand.treeFor(beans);
    for (int at = 0; at < words.size() && !command.getSubcommands().isEmpty(); at++) {
      String word = words.get(at);
      if (!word.startsWith("-") && !command.getSubcommands().containsKey(word)) {
        return words.subList(0, at + 1).toArray(String[]::new);
      }
      command = command.getSubcommands().getOrDefault(word, command);
    }
    return Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new);
  }

  /** A group without a command prints its help. */
  private static int runLast(ParseResult parsed) {
    CommandLine last = parsed.asCommandLineList().getLast();
    refuseOptionInList(last);
    Object command = last.getCommand();
    if (command instanceof Runnable || command instanceof Callable) {
      return new CommandLine.RunLast().execute(parsed);
    }
    last.usage(last.getOut());
    return ExitCode.OK.number();
  }

  /**
   * An option that takes a list would also take an unknown option behind it as a value, such as
   * {@code --yes} as the name of a role.
   */
  private static void refuseOptionInList(CommandLine command) {
    command.getParseResult().matchedOptions().stream()
        .filter(option -> option.arity().max() > 1)
        .flatMap(option -> option.originalStringValues().stream())
        .filter(value -> value.length() > 1 && value.startsWith("-"))
        .findFirst()
        .ifPresent(
            value -> {
              throw new UnmatchedArgumentException(command, List.of(value));
            });
  }

  private int execute(String... args) {
    FailureReport report = new FailureReport(terminal);
    try {
      return HelpSections.addedTo(OneCommand.treeFor(beans, args))
          .setOut(terminal.out())
          .setErr(terminal.err())
          .setColorScheme(CommandLine.Help.defaultColorScheme(colors(args)))
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setExpandAtFiles(false)
          .setAllowSubcommandsAsOptionParameters(true)
          .setExecutionStrategy(OsmoApplication::runLast)
          .setParameterExceptionHandler(report)
          .setExecutionExceptionHandler(report)
          .execute(args);
    } catch (VirtualMachineError exhausted) {
      return report.exhausted(exhausted);
    }
  }
}
