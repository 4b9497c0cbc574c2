package dev.osmo.cli.signin;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The query with which the browser returns (RFC 6749, section 4.1.2; RFC 9207). A query that names
 * a parameter twice is empty.
 */
record RedirectQuery(Map<String, String> parameters) {
  private static final int LONGEST_REASON = 200;

  static RedirectQuery parse(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    try {
      for (String part : String.valueOf(query).split("&", -1)) {
        String[] pair = part.split("=", 2);
        String value = pair.length == 2 ? pair[1] : "";
        if (parameters.put(decoded(pair[0]), decoded(value)) != null) {
          return new RedirectQuery(Map.of());
        }
      }
    } catch (IllegalArgumentException malformed) {
      return new RedirectQuery(Map.of());
    }
    return new RedirectQuery(parameters);
  }

  boolean has(RandomText state) {
    return text("state").filter(state::isEqualTo).isPresent();
  }

  /**
   * Checks that the redirect names an issuer (RFC 9207, section 2.4).
   *
   * @throws Failure if it does not: it may be that of another provider, which does not either
   */
  RedirectQuery requireIssuer() {
    if (text("iss").isEmpty()) {
      throw Failure.of(
          ExitCode.NOT_AUTHENTICATED,
          "The answer of the identity provider does not name it",
          "Sign in again. If it happens again, report it to the server's operator.");
    }
    return this;
  }

  /**
   * The authorization code.
   *
   * @param issuer the provider that the code must come from, if the server says which
   * @throws Failure if another provider answered, or if the provider refused
   */
  String code(Optional<String> issuer) {
    Optional<String> named = text("iss");
    if (issuer.isPresent() && named.isPresent() && !named.equals(issuer)) {
      throw Failure.of(
          ExitCode.NOT_AUTHENTICATED,
          "Another identity provider answered: %s instead of %s"
              .formatted(shortened(named.get()), issuer.get()),
          "Sign in again. If it happens again, report it to the server's operator.");
    }
    if (text("error").isPresent()) {
      throw refused(text("error").get());
    }
    return text("code").orElseThrow(() -> refused("no code"));
  }

  @Override
  public String toString() {
    return "RedirectQuery" + parameters.keySet();
  }

  private Failure refused(String error) {
    return Failure.of(
        ExitCode.NOT_AUTHENTICATED,
        "The identity provider refused the sign-in: "
            + shortened(
                text("error_description").map(why -> why + " (" + error + ")").orElse(error)),
        "Sign in again: osmo login <url>");
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_REASON));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
