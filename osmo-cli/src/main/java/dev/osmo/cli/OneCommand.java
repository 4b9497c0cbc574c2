package dev.osmo.cli;

import dev.osmo.cli.environment.ContextChoice;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.transport.WireTrace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;

/**
 * {@code osmo} with only the command that was typed. To make them all is most of what a short
 * command costs, in time and in memory, and grows with every one that is added.
 */
@Command
class OneCommand extends RootCommand {
  /** These look at their neighbours. */
  private static final List<String> CURIOUS = List.of("man", "__complete");

  OneCommand(ContextChoice context, WireTrace trace, Terminal terminal) {
    super(context, trace, terminal);
  }

  /** As much of the command tree as these arguments can need. */
  static CommandLine treeFor(IFactory beans, String... args) {
    return named(args)
        .map(command -> new CommandLine(OneCommand.class, beans).addSubcommand(command))
        .orElseGet(() -> new CommandLine(OsmoCommand.class, beans));
  }

  /** Empty for an option, a mistake, and what needs all of them. */
  private static Optional<Class<?>> named(String... args) {
    Command all = OsmoCommand.class.getAnnotation(Command.class);
    return args.length == 0 || all == null || CURIOUS.contains(args[0])
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
