package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.Problem;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.server.ServerResponse;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.client.wire.SubjectToken;
import dev.osmo.client.wire.TokenRequest;
import dev.osmo.pat.PatText;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Exchanges what a context has for a JWT: an access token, the refresh token of a session, or the
 * token of a workload. The only requests that contain one of them, apart from a revocation.
 */
@Singleton
class TokenExchange {
  /** The problems of a token that will never work again. A suspended token can be resumed. */
  private static final Set<String> UNUSABLE =
      Set.of("invalid-token", "token-revoked", "token-expired");

  private static final String INVALID_GRANT = "invalid_grant";

  private final Server server;
  private final Clock clock;

  TokenExchange(Server server, Clock clock) {
    this.server = server;
    this.clock = clock;
  }

  /**
   * Exchanges the token.
   *
   * @throws Failure marked as {@link Failure#isTokenUnusable} if the token will never work again
   */
  Jwt exchange(ServerUrl url, PatText pat) {
    ServerResponse response = server.send(url, OsmoApi.exchange(pat.text()), Optional.empty());
    if (response.isUnauthorized() && UNUSABLE.contains(response.problem().type())) {
      throw response.problem().asFailure().withTokenUnusable();
    }
    return Jwt.received(response.json().path("token").asText(), clock.instant());
  }

  /**
   * Exchanges the token. A JWT with fewer rights must not replace that of a context.
   *
   * @param wanted may request nothing
   */
  Jwt exchange(ServerUrl url, PatText pat, Downscope wanted) {
    return wanted.isRequested() ? downscoped(url, pat, wanted) : exchange(url, pat);
  }

  private Jwt downscoped(ServerUrl url, PatText pat, Downscope wanted) {
    ServerResponse response =
        server.send(
            url,
            OsmoApi.exchange(request(SubjectToken.accessToken(pat.text()), wanted)),
            Optional.empty());
    if (!response.isOk()) {
      throw refused(response.problem(), wanted);
    }
    return Jwt.received(response.json().path("access_token").asText(), clock.instant());
  }

  /**
   * Uses the refresh token of a session. The server replaces it: the second use of one ends the
   * session.
   *
   * @param wanted may request nothing
   * @throws Failure marked as {@link Failure#isTokenUnusable} if the session has ended
   */
  NewSession refresh(ServerUrl url, Grant.SignedIn session, Downscope wanted) {
    SecretText refreshToken = session.refreshToken().read();
    ServerResponse response =
        server.send(
            url,
            OsmoApi.refresh(
                session.by().clientId(), refreshToken.text(), wanted.audience(), wanted.roles()),
            Optional.empty());
    if (!response.isOk()) {
      throw notRefreshed(url, response.problem(), wanted);
    }
    JsonNode tokens = response.json();
    return new NewSession(
        tokens.path("refresh_token").isTextual()
            ? new SecretText(tokens.path("refresh_token").textValue())
            : refreshToken,
        Jwt.received(tokens.path("access_token").asText(), clock.instant()),
        session.by());
  }

  /** Only two refusals are final. Others pass: roles are granted, clocks and settings corrected. */
  private static Failure notRefreshed(ServerUrl url, Problem problem, Downscope wanted) {
    if (!problem.type().equals(INVALID_GRANT)) {
      return refused(problem, wanted);
    }
    return switch (problem.name()) {
      case "session-ended", "sign-in-again" ->
          NotLoggedIn.ended(url, reason(problem)).withTokenUnusable();
      case "no-roles-left" ->
          problem.asFailure().withExitCode(ExitCode.NOT_AUTHENTICATED).withNextStep("");
      default -> NotLoggedIn.notRenewed(url, reason(problem));
    };
  }

  /** Without the next step, which the failure has. */
  private static String reason(Problem problem) {
    return problem.asFailure().what().replaceFirst("\\. Sign in again$", "");
  }

  /**
   * Exchanges the token of a workload for a JWT of the access token that trusts the workload.
   *
   * @param pat the access token: its id, or {@code OWNER/NAME}
   */
  Jwt exchange(ServerUrl url, String workloadToken, String pat, Downscope wanted) {
    ServerResponse response =
        server.send(
            url,
            OsmoApi.exchange(request(SubjectToken.workload(workloadToken, pat), wanted)),
            Optional.empty());
    if (!response.isOk()) {
      Failure failure = refused(response.problem(), wanted);
      throw failure.exitCode() == ExitCode.NOT_AUTHENTICATED && failure.denial().isEmpty()
          ? failure.withNextStep(presented(workloadToken))
          : failure;
    }
    return Jwt.received(response.json().path("access_token").asText(), clock.instant());
  }

  private static TokenRequest request(SubjectToken subject, Downscope wanted) {
    return new TokenRequest(subject, wanted.audience(), List.copyOf(wanted.roles()));
  }

  /** What an access token has to trust exactly. None of it is secret. */
  private String presented(String workloadToken) {
    JsonNode claims = Jwt.stored(workloadToken, clock.instant(), 0).claims();
    return "This workload has the issuer %s, the audience %s and the subject %s."
        .formatted(claim(claims, "iss"), claim(claims, "aud"), claim(claims, "sub"));
  }

  private static String claim(JsonNode claims, String name) {
    JsonNode value = claims.path(name);
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private static String listed(List<String> roles) {
    return String.join(", ", roles);
  }

  private static Failure refused(Problem problem, Downscope wanted) {
    Failure failure = problem.asFailure();
    return switch (problem.type()) {
      case INVALID_GRANT ->
          failure
              .withExitCode(ExitCode.NOT_AUTHENTICATED)
              .withNextStep("See why: osmo auth explain");
      case "invalid_scope" ->
          problem.name().equals("too-many-roles")
              ? failure
              : failure
                  .withWhat("You have none of the requested roles: " + listed(wanted.roles()))
                  .withNextStep("See your roles: osmo auth status");
      case "invalid_target" ->
          failure.withNextStep("Ask the operator of the server which audiences are allowed.");
      default -> failure;
    };
  }
}
