package dev.osmo.exchange.oauth;

import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.signin.RefreshToken;
import dev.osmo.http.problem.DetailedProblem;
import dev.osmo.pat.PatText;
import dev.osmo.pat.RefreshTokenText;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A revocation request (RFC 7009, section 2.1). The token is found within the given text, as in a
 * line of a log. The token type hint is not needed.
 */
sealed interface RevocationRequest {

  Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]*");

  record Revoke(PatText pat) implements RevocationRequest {}

  /** Signs out: the session of this refresh token ends. */
  record EndSession(RefreshToken token) implements RevocationRequest {}

  /** The text is not an access token. RFC 7009 requires the same response as for a revoked one. */
  record NothingToDo() implements RevocationRequest {}

  record Rejected(DetailedProblem problem) implements RevocationRequest {}

  static RevocationRequest read(String body) {
    String token = OAuthForm.read(body).required("token");
    List<RevocationRequest> presented = within(token);
    if (presented.size() > 1) {
      throw MalformedForm.violates("token", "contains several tokens. Send one request for each");
    }
    if (presented.isEmpty() && JWT.matcher(token).matches()) {
      return new Rejected(ExchangeProblem.UNSUPPORTED_TOKEN_TYPE);
    }
    return presented.isEmpty() ? new NothingToDo() : presented.getFirst();
  }

  private static List<RevocationRequest> within(String text) {
    return Stream.<RevocationRequest>concat(
            PatText.within(text).stream().map(Revoke::new),
            RefreshTokenText.within(text).stream()
                .map(found -> new EndSession(new RefreshToken(found.text()))))
        .toList();
  }
}
