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
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code osmo} with only the requested command, such as {@code token list}. Creating all commands
 * would take most of the time and memory of a short command.
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
    return args.length == 0 || NEED_ALL_COMMANDS.contains(args[0])
        ? all(beans)
        : requested(beans, OsmoCommand.class, List.of(args))
            .map(command -> new CommandLine(OneCommand.class, beans).addSubcommand(command))
            .orElseGet(() -> all(beans));
  }

  private static CommandLine all(IFactory beans) {
    return new CommandLine(OsmoCommand.class, beans);
  }

  /** The command of this group that the arguments name. Empty for an option and a mistake. */
  private static Optional<CommandLine> requested(
      IFactory beans, Class<?> group, List<String> args) {
    return args.isEmpty()
        ? Optional.empty()
        : commands(group)
            .filter(command -> isNamed(command, args.getFirst()))
            .findFirst()
            .map(
                command ->
                    requested(beans, command, args.subList(1, args.size()))
                        .map(inner -> groupOf(inner, beans, command, args.getFirst()))
                        .orElseGet(() -> new CommandLine(command, beans)));
  }

  /** With the list of the group, because error messages refer to it. */
  private static CommandLine groupOf(
      CommandLine command, IFactory beans, Class<?> group, String name) {
    CommandLine one = new CommandLine(CommandSpec.create().name(name)).addSubcommand(command);
    commands(group)
        .filter(other -> isNamed(other, "list") && !isNamed(other, command.getCommandName()))
        .forEach(list -> one.addSubcommand(new CommandLine(list, beans)));
    return one;
  }

  private static Stream<Class<?>> commands(Class<?> group) {
    Command described = group.getAnnotation(Command.class);
    return described == null ? Stream.empty() : Stream.of(described.subcommands());
  }

  private static boolean isNamed(Class<?> command, String name) {
    Command described = command.getAnnotation(Command.class);
    return described != null && described.name().equals(name);
  }
}
