package dev.osmo.exchange.oauth;

import dev.osmo.exchange.exchange.Downscope;
import dev.osmo.exchange.exchange.WorkloadCredential;
import dev.osmo.exchange.pat.PatReference;
import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.provider.IdToken;
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

    /**
     * A person.
     *
     * @param clientId the client of the ID token; empty if the ID token decides
     */
    record OfPerson(IdToken token, Optional<String> clientId) implements Subject {}
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
    Optional<String> subjectToken = form.value("subject_token");
    Optional<TokenType> presented = form.value("subject_token_type").flatMap(TokenType::of);
    Optional<TokenType> requestedType =
        TokenType.of(form.value("requested_token_type").orElse(TokenType.ACCESS_TOKEN.urn()));
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
    if (!form.has(PAT)) {
      return Optional.of(new Subject.OfPerson(new IdToken(token), form.value("client_id")));
    }
    return form.value(PAT)
        .flatMap(PatReference::read)
        .map(pat -> new Subject.OfWorkload(new WorkloadCredential(token, pat)));
  }

  private static TokenRequest downscoped(
      OAuthForm form, AllowedTargets targets, Subject subject, TokenType requestedType) {
    return switch (RequestedDownscope.read(form, targets)) {
      case RequestedDownscope.Allowed(var downscope) ->
          new Acceptable(subject, downscope, requestedType);
      case RequestedDownscope.Rejected(var problem) -> new Unacceptable(problem);
    };
  }
}
