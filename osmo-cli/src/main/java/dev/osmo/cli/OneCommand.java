package dev.osmo.cli;

import dev.osmo.cli.environment.RequestedContext;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.WireTrace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;

/**
 * {@code osmo} with only the requested command. Creating all commands would take most of the time
 * and memory of a short command.
 */
@Command
class OneCommand extends RootCommand {
  /** These read the complete command tree. */
  private static final List<String> NEED_ALL_COMMANDS = List.of("man", "__complete");

  OneCommand(RequestedContext context, WireTrace trace, Terminal terminal) {
    super(context, trace, terminal);
  }

  /** The part of the command tree that these arguments need. */
  static CommandLine treeFor(IFactory beans, String... args) {
    return named(args)
        .map(command -> new CommandLine(OneCommand.class, beans).addSubcommand(command))
        .orElseGet(() -> new CommandLine(OsmoCommand.class, beans));
  }

  /** Empty for an option, a mistake, and commands that need all others. */
  private static Optional<Class<?>> named(String... args) {
    Command all = OsmoCommand.class.getAnnotation(Command.class);
    return args.length == 0 || all == null || NEED_ALL_COMMANDS.contains(args[0])
        ? Optional.empty()
        : Stream.<Class<?>>of(all.subcommands())
            .filter(command -> isNamed(command, args[0]))
            .findFirst();
  }

  private static boolean isNamed(Class<?> command, String name) {
    Command described = command.getAnnotation(Command.class);
    return described != null && described.name().equals(name);
  }
}
