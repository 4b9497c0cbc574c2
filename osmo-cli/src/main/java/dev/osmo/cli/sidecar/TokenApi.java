package dev.osmo.cli.sidecar;

import dev.osmo.cli.listen.Answer;
import dev.osmo.cli.listen.Head;
import dev.osmo.cli.listen.LocalRequest;
import dev.osmo.cli.listen.RequestHead;
import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.renewal.NoJwt;
import dev.osmo.cli.renewal.RenewedJwts;
import dev.osmo.cli.session.Credential;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The HTTP API for programs on the same machine, or in the same pod. Beyond what {@link
 * LocalRequest} checks, a request needs a header that a page in a browser cannot send to another
 * origin without its permission.
 */
final class TokenApi {
  private static final String TOKEN = "/v1/token";
  static final String QUIT = "/quitquitquit";
  private static final Set<String> PARAMETERS = Set.of("audience", "roles", "min_ttl");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,5}");
  private static final int LONGEST_VALUE = 2048;

  private final RenewedJwts jwts;
  private final Clock clock;
  private final Optional<Runnable> quit;

  /**
   * @param quit ends the process; empty if programs may not
   */
  TokenApi(RenewedJwts jwts, Clock clock, Optional<Runnable> quit) {
    this.jwts = jwts;
    this.clock = clock;
    this.quit = quit;
  }

  Answer answer(RequestHead request) {
    Optional<Answer> refusal = refusal(request.head());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return switch (request.path()) {
      case TOKEN -> request.method().equals("GET") ? token(request) : notAllowed("GET");
      case QUIT -> request.method().equals("POST") ? quit() : notAllowed("POST");
      default -> Answer.problem(404, "not-found", "There is only GET " + TOKEN);
    };
  }

  private static Optional<Answer> refusal(Head head) {
    Optional<Answer> foreign = LocalRequest.refusal(head);
    return foreign.isPresent() || head.values("Osmo-Sidecar").equals(List.of("true"))
        ? foreign
        : Optional.of(LocalRequest.refused("The request needs the header Osmo-Sidecar: true"));
  }

  private static Answer notAllowed(String method) {
    return Answer.problem(405, "method-not-allowed", "The method is " + method)
        .with("Allow", method);
  }

  private Answer token(RequestHead request) {
    Optional<Map<String, String>> parameters = parameters(request.query());
    if (parameters.isEmpty()) {
      return wrong("The parameters are audience, roles and min_ttl, each at most once");
    }
    String rest = parameters.get().getOrDefault("min_ttl", "0");
    if (!SECONDS.matcher(rest).matches()) {
      return wrong("min_ttl is not a number of seconds");
    }
    Downscope rights = rights(parameters.get());
    try {
      return token(jwts.of(rights).valid(Duration.ofSeconds(Long.parseLong(rest))));
    } catch (Failure failure) {
      return NoJwt.answer(failure);
    }
  }

  private static Answer wrong(String why) {
    return Answer.problem(400, "bad-request", why);
  }

  private static Downscope rights(Map<String, String> parameters) {
    return Downscope.of(
        Optional.ofNullable(parameters.get("audience")),
        Stream.of(parameters.getOrDefault("roles", "").split("[ ,+]+", -1))
            .filter(role -> !role.isEmpty())
            .distinct()
            .sorted()
            .toList());
  }

  /** Empty if a parameter is unknown, repeated or malformed. */
  private static Optional<Map<String, String>> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String each : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      String[] pair = each.split("=", 2);
      Optional<String> value = pair.length < 2 ? Optional.empty() : decoded(pair[1]);
      if (value.isEmpty()
          || !PARAMETERS.contains(pair[0])
          || parameters.put(pair[0], value.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static Optional<String> decoded(String text) {
    try {
      String value = URLDecoder.decode(text, StandardCharsets.UTF_8);
      boolean plain = value.chars().allMatch(character -> character >= ' ' && character < 0x7f);
      return Optional.of(value)
          .filter(each -> plain && !each.isEmpty() && each.length() <= LONGEST_VALUE);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private Answer token(Credential credential) {
    Duration rest = Duration.between(clock.instant(), credential.jwt().expiresAt());
    return Answer.json(
        Json.object()
            .put("access_token", credential.jwt().text())
            .put("token_type", "Bearer")
            .put("expires_in", Math.max(0, rest.toSeconds()))
            .put("expires_at", credential.jwt().expiresAt().toString()));
  }

  private Answer quit() {
    quit.ifPresent(Runnable::run);
    return quit.isPresent()
        ? Answer.text(200, "osmo exits.\n")
        : Answer.problem(403, "quit-not-allowed", "osmo sidecar run needs the option --allow-quit");
  }
}
