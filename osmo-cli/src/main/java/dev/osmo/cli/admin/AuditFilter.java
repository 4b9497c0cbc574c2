package dev.osmo.cli.admin;

import dev.osmo.cli.options.Moment;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.paging.Pages;
import dev.osmo.cli.server.ServerRequest;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which events to show. All conditions are to be met. */
class AuditFilter {
  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Only what happened to this user.")
  private Optional<String> user = Optional.empty();

  @Option(names = "--actor", paramLabel = "USER", description = "Only what this user did.")
  private Optional<String> actor = Optional.empty();

  @Option(
      names = "--token",
      paramLabel = "ID",
      description = "Only what happened to the token with this id, pat_….")
  private Optional<String> token = Optional.empty();

  @Option(names = "--jti", paramLabel = "ID", description = "Only what was done with this JWT.")
  private Optional<String> jti = Optional.empty();

  @Option(names = "--action", paramLabel = "ACTION", description = "Only events of this kind.")
  private Optional<String> action = Optional.empty();

  @Option(
      names = "--after",
      paramLabel = "YYYY-MM-DD",
      converter = Moment.Typed.class,
      description = "Only events after this; a time with its zone may follow the date.")
  private Optional<Moment> after = Optional.empty();

  @Option(
      names = "--before",
      paramLabel = "YYYY-MM-DD",
      converter = Moment.Typed.class,
      description = "Only events before this.")
  private Optional<Moment> before = Optional.empty();

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      defaultValue = "100",
      description = "How many of the newest to show (default: ${DEFAULT-VALUE}).")
  private int count = 100;

  int count() {
    if (count < 1) {
      throw Failure.of(ExitCode.USER_ERROR, "--count starts at 1", "Give a larger number.");
    }
    return count;
  }

  ServerRequest request() {
    return ServerRequest.of("GET", "api", "auth", "audit")
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
