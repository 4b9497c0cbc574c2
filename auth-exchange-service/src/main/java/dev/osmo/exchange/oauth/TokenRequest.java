package dev.osmo.exchange.oauth;

import dev.osmo.exchange.exchange.Downscope;
import dev.osmo.exchange.exchange.WorkloadCredential;
import dev.osmo.exchange.pat.PatReference;
import dev.osmo.exchange.provider.IdToken;
import dev.osmo.http.problem.DetailedProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A token exchange request (RFC 8693, section 2.1). */
public sealed interface TokenRequest {

  /** RFC 8693 allows several of each and lets the server refuse that. */
  Set<String> TARGETS = Set.of("audience", "resource");

  String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";

  /** Names the access token that trusts the workload. */
  String PAT = "osmo_pat";

  /** The types of the token of a workload. */
  String WORKLOAD = TokenType.urns(type -> !type.isOfPat());

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
    String token = form.required("subject_token");
    TokenType presented = presentedType(form.required("subject_token_type"));
    TokenType requested =
        requestedType(form.value("requested_token_type").orElse(TokenType.ACCESS_TOKEN.urn()));
    // Delegation would add an actor to the JWT, which no consumer of it checks.
    for (String actor : List.of("actor_token", "actor_token_type")) {
      if (form.has(actor)) {
        throw MalformedForm.violates(actor, "is not supported");
      }
    }
    return downscoped(form, targets, subject(form, presented, token), requested);
  }

  private static TokenType presentedType(String urn) {
    return TokenType.of(urn)
        .orElseThrow(
            () ->
                MalformedForm.violates(
                    "subject_token_type", "must be " + TokenType.urns(type -> true)));
  }

  private static TokenType requestedType(String urn) {
    return TokenType.of(urn)
        .filter(TokenType::mayBeIssued)
        .orElseThrow(
            () ->
                MalformedForm.violates(
                    "requested_token_type", "must be " + TokenType.urns(TokenType::mayBeIssued)));
  }

  private static Subject subject(OAuthForm form, TokenType presented, String token) {
    Optional<String> pat = form.value(PAT);
    if (presented.isOfPat()) {
      if (pat.isPresent()) {
        throw MalformedForm.violates(
            PAT, "is only for the token of a workload, whose subject_token_type is " + WORKLOAD);
      }
      return new Subject.OfPat(token);
    }
    return pat.<Subject>map(name -> new Subject.OfWorkload(workload(token, name)))
        .orElseGet(() -> new Subject.OfPerson(new IdToken(token), form.value("client_id")));
  }

  private static WorkloadCredential workload(String token, String pat) {
    return new WorkloadCredential(
        token,
        PatReference.read(pat)
            .orElseThrow(
                () ->
                    MalformedForm.violates(
                        PAT, "must be the id of an access token, or OWNER/NAME")));
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
