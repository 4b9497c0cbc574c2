package dev.osmo.exchange.oauth;

import dev.osmo.exchange.exchange.Downscope;
import dev.osmo.exchange.exchange.WorkloadCredential;
import dev.osmo.exchange.pat.PatReference;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.http.problem.DetailedProblem;
import java.util.Optional;
import java.util.Set;

/** A token exchange request (RFC 8693, section 2.1). */
public sealed interface TokenRequest {

  /** RFC 8693 allows several of each and lets the server refuse that. */
  Set<String> TARGETS = Set.of("audience", "resource");

  String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";

  /** Names the access token that trusts the workload. */
  String PAT = "osmo_pat";

  /** What is exchanged. */
  sealed interface Subject {

    record OfPat(String token) implements Subject {

      @Override
      public String toString() {
        return "access token …";
      }
    }

    record OfWorkload(WorkloadCredential credential) implements Subject {}
  }

  /** The request is well formed. */
  record Acceptable(Subject subject, Downscope downscope, TokenType requestedType)
      implements TokenRequest {

    @Override
    public String toString() {
      return "token request";
    }
  }

  record Unacceptable(DetailedProblem problem) implements TokenRequest {}

  static TokenRequest read(OAuthForm form, AllowedTargets targets) {
    Optional<String> grantType = form.value("grant_type");
    Optional<String> subjectToken = form.value("subject_token");
    Optional<TokenType> presented = form.value("subject_token_type").flatMap(TokenType::of);
    Optional<TokenType> requestedType =
        TokenType.of(form.value("requested_token_type").orElse(TokenType.ACCESS_TOKEN.urn()));
    if (grantType.filter(GRANT_TYPE::equals).isEmpty()) {
      return new Unacceptable(
          grantType.isEmpty()
              ? ExchangeProblem.MALFORMED_FORM
              : ExchangeProblem.UNSUPPORTED_GRANT_TYPE);
    }
    Optional<Subject> subject =
        presented.isEmpty() || subjectToken.isEmpty()
            ? Optional.empty()
            : subject(form, presented.get(), subjectToken.get());
    if (subject.isEmpty()
        || requestedType.filter(TokenType::mayBeIssued).isEmpty()
        // Delegation would add an actor to the JWT, which no consumer of it checks.
        || form.has("actor_token")
        || form.has("actor_token_type")) {
      return new Unacceptable(ExchangeProblem.MALFORMED_FORM);
    }
    return downscoped(form, targets, subject.get(), requestedType.get());
  }

  private static Optional<Subject> subject(OAuthForm form, TokenType presented, String token) {
    if (presented.isOfPat()) {
      return form.has(PAT) ? Optional.empty() : Optional.of(new Subject.OfPat(token));
    }
    return form.value(PAT)
        .flatMap(PatReference::read)
        .map(pat -> new Subject.OfWorkload(new WorkloadCredential(token, pat)));
  }

  private static TokenRequest downscoped(
      OAuthForm form, AllowedTargets targets, Subject subject, TokenType requestedType) {
    Optional<Set<String>> roles = form.value("scope").flatMap(Scope::read).map(Scope::roles);
    if (form.has("scope") && roles.isEmpty()) {
      return new Unacceptable(ExchangeProblem.INVALID_SCOPE);
    }
    Optional<String> target =
        form.value("audience")
            .flatMap(targets::audience)
            .or(() -> form.value("resource").flatMap(targets::resource));
    boolean several = !form.repeated().isEmpty() || (form.has("audience") && form.has("resource"));
    boolean one = form.has("audience") || form.has("resource");
    if (several || (one && target.isEmpty())) {
      return new Unacceptable(ExchangeProblem.INVALID_TARGET);
    }
    return new Acceptable(
        subject, new Downscope(roles.orElse(null), target.orElse(null)), requestedType);
  }
}
