package dev.osmo.cli.token;

import dev.osmo.cli.options.Moment;
import dev.osmo.cli.options.Span;
import dev.osmo.cli.output.CommaList;
import dev.osmo.cli.server.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which tokens to list. A token must meet all conditions, and be in any of the states. */
class TokenFilter {
  enum State {
    ACTIVE,
    EXPIRED,
    SUSPENDED,
    REVOKED,
    NO_ROLES;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = {"-s", "--state"},
      arity = "1..*",
      split = CommaList.SEPARATOR,
      splitSynopsisLabel = CommaList.LABEL,
      paramLabel = "STATE",
      description = "Only tokens in these states: ${COMPLETION-CANDIDATES}.")
  private List<State> states = new ArrayList<>();

  @Option(
      names = "--unused-for",
      paramLabel = "DURATION",
      converter = Span.Typed.class,
      description = "Only tokens not used for this long, for example 30d, 2w or 12h.")
  private Optional<Span> unusedFor = Optional.empty();

  @Option(
      names = "--expires-before",
      paramLabel = "YYYY-MM-DD",
      converter = Moment.Typed.class,
      description = "Only tokens that expire before this date.")
  private Optional<Moment> expiresBefore = Optional.empty();

  @Option(
      names = "--expires-after",
      paramLabel = "YYYY-MM-DD",
      converter = Moment.Typed.class,
      description = "Only tokens that expire after this date.")
  private Optional<Moment> expiresAfter = Optional.empty();

  @Option(
      names = "--created-before",
      paramLabel = "YYYY-MM-DD",
      converter = Moment.Typed.class,
      description = "Only tokens created before this date.")
  private Optional<Moment> createdBefore = Optional.empty();

  @Option(
      names = "--created-after",
      paramLabel = "YYYY-MM-DD",
      converter = Moment.Typed.class,
      description = "Only tokens created after this date.")
  private Optional<Moment> createdAfter = Optional.empty();

  @Option(
      names = "--last-used-before",
      paramLabel = "YYYY-MM-DD",
      converter = Moment.Typed.class,
      description = "Only tokens last used before this date.")
  private Optional<Moment> lastUsedBefore = Optional.empty();

  @Option(
      names = "--last-used-after",
      paramLabel = "YYYY-MM-DD",
      converter = Moment.Typed.class,
      description = "Only tokens last used after this date.")
  private Optional<Moment> lastUsedAfter = Optional.empty();

  ServerRequest addTo(ServerRequest request) {
    return request
        .withAll("state", states.stream().map(State::toString).toList())
        .with("unused_for", unusedFor.map(Span::text))
        .with("expires_before", expiresBefore.map(Moment::text))
        .with("expires_after", expiresAfter.map(Moment::text))
        .with("created_before", createdBefore.map(Moment::text))
        .with("created_after", createdAfter.map(Moment::text))
        .with("last_used_before", lastUsedBefore.map(Moment::text))
        .with("last_used_after", lastUsedAfter.map(Moment::text));
  }
}
