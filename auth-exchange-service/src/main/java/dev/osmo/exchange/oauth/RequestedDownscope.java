package dev.osmo.exchange.oauth;

import dev.osmo.exchange.exchange.Downscope;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.http.problem.DetailedProblem;
import java.util.Optional;
import java.util.Set;

/** The roles and the audience that a form requests. */
sealed interface RequestedDownscope {

  record Allowed(Downscope downscope) implements RequestedDownscope {}

  record Rejected(DetailedProblem problem) implements RequestedDownscope {}

  static RequestedDownscope read(OAuthForm form, AllowedTargets targets) {
    Optional<Set<String>> roles = form.value("scope").flatMap(Scope::read).map(Scope::roles);
    if (form.has("scope") && roles.isEmpty()) {
      return new Rejected(ExchangeProblem.INVALID_SCOPE);
    }
    Optional<String> target =
        form.value("audience")
            .flatMap(targets::audience)
            .or(() -> form.value("resource").flatMap(targets::resource));
    boolean several = !form.repeated().isEmpty() || (form.has("audience") && form.has("resource"));
    boolean one = form.has("audience") || form.has("resource");
    return several || (one && target.isEmpty())
        ? new Rejected(ExchangeProblem.INVALID_TARGET)
        : new Allowed(new Downscope(roles.orElse(null), target.orElse(null)));
  }
}
