package dev.osmo.http.start;

import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command line of a service: what it does without arguments and with each of its commands.
 *
 * @param commands without the two that every service has: none, and {@code --help}
 */
public record Usage(String service, List<Command> commands) {

  private static final Set<String> HELP = Set.of("--help", "-h", "help");
  private static final int WRONG_USAGE = 2;

  /**
   * One command.
   *
   * @param arguments as they are typed, with parameters in capital letters
   */
  public record Command(String arguments, String description) {}

  /**
   * Answers a command line that is none of the commands: with the help if that is requested, else
   * with a refusal. It does not repeat the arguments, because one of them may be a token.
   *
   * @return the exit code, 0 or 2
   */
  public int answer(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.size() == 1 && HELP.contains(arguments.getFirst())) {
      out.println(text());
      return 0;
    }
    err.println("%s does not accept these arguments.".formatted(service));
    err.println(text());
    return WRONG_USAGE;
  }

  private String text() {
    Stream<Command> all =
        Stream.of(
                Stream.of(new Command("", "starts the service")),
                commands.stream(),
                Stream.of(new Command("--help", "shows this text and exits")))
            .flatMap(same -> same);
    return all.map(
            command ->
                "  %-40s %s"
                    .formatted(
                        (service + " " + command.arguments()).strip(), command.description()))
        .collect(Collectors.joining("\n", "Usage:\n", ""));
  }
}
