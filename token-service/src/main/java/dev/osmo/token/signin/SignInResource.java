package dev.osmo.token.signin;

import dev.osmo.http.problem.Refusal;
import dev.osmo.http.request.RequestId;
import dev.osmo.token.caller.CallerLimits;
import dev.osmo.token.problem.TokenProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * Sign-in with an ID token, which is the credential. The gateway does not forward this address:
 * only the exchange uses it.
 */
@Cancellable(false)
@Path("/api/auth/session")
@PermitAll
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class SignInResource {

  private static final Refusal INCOMPLETE =
      new Refusal(
          TokenProblem.INVALID_FIELD,
          "The body's fields id_token and client_id must be texts, and session_id a UUID or null.");

  private final CallerLimits limits;
  private final IdTokens tokens;
  private final SignIn signIn;

  SignInResource(CallerLimits limits, IdTokens tokens, SignIn signIn) {
    this.limits = limits;
    this.tokens = tokens;
    this.signIn = signIn;
  }

  record SignInBody(
      @Nullable String idToken,
      @Nullable String clientId,
      @Nullable String nonce,
      @Nullable String sessionId) {

    static final SignInBody EMPTY = new SignInBody(null, null, null, null);

    PresentedIdToken presented() {
      if (idToken == null || clientId == null) {
        throw INCOMPLETE.toException();
      }
      return new PresentedIdToken(
          idToken,
          clientId,
          Optional.ofNullable(nonce),
          Optional.ofNullable(sessionId).map(SignInBody::uuid));
    }

    private static UUID uuid(String text) {
      try {
        return UUID.fromString(text);
      } catch (IllegalArgumentException malformed) {
        throw INCOMPLETE.toException();
      }
    }

    /** Masked, because the generated text would contain the ID token. */
    @Override
    public String toString() {
      return "SignInBody[***]";
    }
  }

  @POST
  @Operation(summary = "Starts or renews the session of the user whom an ID token names.")
  public Uni<SessionView> signIn(@Nullable SignInBody body, RoutingContext request) {
    PresentedIdToken presented = (body == null ? SignInBody.EMPTY : body).presented();
    return limits.verifying(
        request.request(),
        () ->
            tokens
                .verify(presented)
                .invoke(
                    token -> limits.spendSignIn(token.issuer(), token.subject(), request.request()))
                .chain(token -> signIn.run(token, presented.session(), RequestId.of(request))));
  }
}
