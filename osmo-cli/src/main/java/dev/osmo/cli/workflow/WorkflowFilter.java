package dev.osmo.cli.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.CommaList;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which workflows to list. The server counts from the newest; the requested order is applied to the
 * complete list.
 */
class WorkflowFilter {
  enum Order {
    ASC,
    DESC;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The default is the user's own workflows. */
  static class Owners {
    @Option(
        names = {"-u", "--user"},
        arity = "1..*",
        split = CommaList.SEPARATOR,
        splitSynopsisLabel = CommaList.LABEL,
        paramLabel = "USER",
        description = "List the workflows of these users.")
    private List<String> users = new ArrayList<>();

    @Option(
        names = {"-a", "--all-users"},
        description = "List the workflows of all users.")
    private boolean all;
  }

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many workflows to show (default: ${DEFAULT-VALUE}).")
  private int count = 20;

  @Option(
      names = {"-f", "--offset"},
      paramLabel = "N",
      defaultValue = "0",
      description = "How many of the newest workflows to skip (default: ${DEFAULT-VALUE}).")
  private int offset;

  @Option(
      names = {"-n", "--name"},
      paramLabel = "TEXT",
      description = "Only workflows whose name contains this text.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = {"-o", "--order"},
      paramLabel = "ORDER",
      defaultValue = "asc",
      description =
          "${COMPLETION-CANDIDATES}; asc lists the newest last (default: ${DEFAULT-VALUE}).")
  private Order order = Order.ASC;

  @Option(
      names = {"-s", "--status"},
      arity = "1..*",
      split = CommaList.SEPARATOR,
      splitSynopsisLabel = CommaList.LABEL,
      paramLabel = "STATUS",
      description = "Only workflows in these states, such as RUNNING or FAILED.")
  private List<String> statuses = new ArrayList<>();

  @Option(
      names = {"-p", "--pool"},
      arity = "1..*",
      split = CommaList.SEPARATOR,
      splitSynopsisLabel = CommaList.LABEL,
      paramLabel = "POOL",
      description = "Only workflows in these pools.")
  private List<String> pools = new ArrayList<>();

  @ArgGroup private Owners owners = new Owners();
  @Mixin private WorkflowMarks marks = new WorkflowMarks();

  /**
   * How many workflows to fetch.
   *
   * @throws Failure if the count or the offset is out of range
   */
  int count() {
    if (count < 1 || offset < 0) {
      throw Failure.of(
          ExitCode.USER_ERROR, "--count must be at least 1 and --offset at least 0", "");
    }
    return count;
  }

  ServerRequest page(int limit, int alreadyFetched) {
    ServerRequest request =
        OsmoApi.workflows()
            .withAll("users", owners.users)
            .withAll("statuses", statuses.stream().map(WorkflowFilter::upper).toList())
            .with("name", name)
            .with("order", "DESC")
            .with("all_users", Optional.of("True").filter(yes -> owners.all))
            .withAll("pools", pools)
            .with("all_pools", Optional.of("True").filter(yes -> pools.isEmpty()));
    return marks
        .addTo(request)
        .with("limit", Integer.toString(limit))
        .with("offset", Integer.toString(offset + alreadyFetched));
  }

  private static String upper(String status) {
    return status.toUpperCase(Locale.ROOT);
  }

  List<JsonNode> inChosenOrder(List<JsonNode> newestFirst) {
    return order == Order.ASC ? newestFirst.reversed() : newestFirst;
  }
}
