package dev.osmo.cli.token;

import dev.osmo.cli.options.Moment;
import dev.osmo.cli.options.Span;
import dev.osmo.cli.output.CommaList;
import dev.osmo.cli.server.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The properties of a new token. The server chooses those that are not given. */
class NewTokenOptions {

  /** At most one of the two. */
  static class Expiry {
    @Option(
        names = {"-e", "--expires-at"},
        paramLabel = "YYYY-MM-DD",
        converter = Moment.Typed.class,
        description = "Expiration date in UTC (default: 31 days from now).")
    private Optional<Moment> at = Optional.empty();

    @Option(
        names = "--expires-in",
        paramLabel = "DURATION",
        converter = Span.Typed.class,
        description = "Lifetime of the token, for example 90d, 2w, 12h, 30m or P90D.")
    private Optional<Span> in = Optional.empty();
  }

  @ArgGroup private Expiry expiry = new Expiry();

  @Option(
      names = "--renewable-until",
      paramLabel = "YYYY-MM-DD",
      converter = Moment.Typed.class,
      description =
          "Latest date to which the token can extend its own expiration by rotating itself.")
  private Optional<Moment> renewableUntil = Optional.empty();

  @Option(
      names = {"-d", "--description"},
      paramLabel = "TEXT",
      description = "What the token is for.")
  private Optional<String> description = Optional.empty();

  @Option(
      names = {"-r", "--roles"},
      arity = "1..*",
      split = CommaList.SEPARATOR,
      splitSynopsisLabel = CommaList.LABEL,
      paramLabel = "ROLE",
      description = "Roles of the token (default: all roles of its owner).")
  private List<String> roles = new ArrayList<>();

  ServerRequest addTo(ServerRequest request) {
    return request
        .with("expires_at", expiry.at.map(Moment::text))
        .with("expires_in", expiry.in.map(Span::text))
        .with("renewable_until", renewableUntil.map(Moment::text))
        .with("description", description)
        .withAll("roles", roles);
  }

  List<String> roles() {
    return List.copyOf(roles);
  }
}
