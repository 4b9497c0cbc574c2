package dev.osmo.cli.admin;

import dev.osmo.cli.options.Moment;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.Pages;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which events to show. An event must meet all conditions. */
class AuditFilter {
  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Only events about this user.")
  private Optional<String> user = Optional.empty();

  @Option(names = "--actor", paramLabel = "USER", description = "Only events caused by this user.")
  private Optional<String> actor = Optional.empty();

  @Option(
      names = "--token",
      paramLabel = "ID",
      description = "Only events about the token with this id, pat_….")
  private Optional<String> token = Optional.empty();

  @Option(names = "--jti", paramLabel = "ID", description = "Only events caused with this JWT.")
  private Optional<String> jti = Optional.empty();

  @Option(names = "--action", paramLabel = "ACTION", description = "Only events with this action.")
  private Optional<String> action = Optional.empty();

  @Option(
      names = "--after",
      paramLabel = "YYYY-MM-DD",
      converter = Moment.Typed.class,
      description = "Only events after this date, or instant with a time zone.")
  private Optional<Moment> after = Optional.empty();

  @Option(
      names = "--before",
      paramLabel = "YYYY-MM-DD",
      converter = Moment.Typed.class,
      description = "Only events before this date or instant.")
  private Optional<Moment> before = Optional.empty();

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      defaultValue = "100",
      description = "How many of the newest events to show (default: ${DEFAULT-VALUE}).")
  private int count = 100;

  int count() {
    if (count < 1) {
      throw Failure.of(ExitCode.USER_ERROR, "--count must be at least 1", "");
    }
    return count;
  }

  ServerRequest request() {
    return OsmoApi.auditEvents()
        .with("user_id", user)
        .with("actor", actor)
        .with("pat_id", token)
        .with("jti", jti)
        .with("action", action)
        .with("after", after.map(Moment::text))
        .with("before", before.map(Moment::text))
        .with("limit", Integer.toString(Math.min(count(), Pages.LARGEST)));
  }
}
