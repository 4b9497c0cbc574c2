package dev.osmo.exchange.oauth.revocation;

import dev.osmo.exchange.oauth.OAuthForm;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.http.problem.DetailedProblem;
import dev.osmo.pat.PatText;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a form asks of the revocation route (RFC 7009, section 2.1). The hint is not needed. */
sealed interface RevocationRequest {

  Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]*");

  record Revoke(PatText pat) implements RevocationRequest {}

  /** What never was a token is as dead as a revoked one. */
  record NothingToDo() implements RevocationRequest {}

  record Impossible(DetailedProblem problem) implements RevocationRequest {}

  static RevocationRequest read(String body) {
    Optional<String> token = OAuthForm.read(body).flatMap(form -> form.value("token"));
    if (token.isEmpty()) {
      return new Impossible(ExchangeProblem.MALFORMED_FORM);
    }
    if (JWT.matcher(token.get()).matches()) {
      return new Impossible(ExchangeProblem.UNSUPPORTED_TOKEN_TYPE);
    }
    return PatText.parse(token.get())
        .<RevocationRequest>map(Revoke::new)
        .orElseGet(NothingToDo::new);
  }
}
