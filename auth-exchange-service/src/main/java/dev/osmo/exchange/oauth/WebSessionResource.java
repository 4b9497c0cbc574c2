package dev.osmo.exchange.oauth;

import dev.osmo.exchange.problem.ExchangeProblem;
import dev.osmo.exchange.signin.RefreshToken;
import dev.osmo.exchange.signin.SessionRefresh;
import dev.osmo.exchange.signin.SignInOutcome;
import dev.osmo.exchange.signin.SignInOutcome.NotSignedIn;
import dev.osmo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * The session of a person in our web page. It differs from the token endpoint in one thing: the
 * refresh token is in a {@link SessionCookie} instead of the response, where no script can read it.
 * The code and the cookie are the credentials, so the routes need no other one; only our own page
 * may present them ({@link WebPage}). A browser that leaves the page does not stop what has begun,
 * because an identity provider may have replaced its refresh token meanwhile. A session that has
 * ended leaves no cookie behind; after every other refusal the same cookie may be accepted later.
 */
@Cancellable(false)
@Path("/oauth2/web_session")
@Produces(MediaType.APPLICATION_JSON)
class WebSessionResource {

  private final AuthorizationCodeGrant codes;
  private final SessionRefresh sessions;
  private final WebPage page;

  WebSessionResource(AuthorizationCodeGrant codes, SessionRefresh sessions, WebPage page) {
    this.codes = codes;
    this.sessions = sessions;
    this.page = page;
  }

  @POST
  @PermitAll
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(
      summary =
          "For the web page of this server: signs a person in with the code of an identity provider,"
              + " or issues the next JWT of the session in the cookie.")
  @APIResponse(
      responseCode = "200",
      description = "The JWT. The refresh token is in a cookie that no script can read.",
      headers = {
        @Header(name = "RateLimit-Policy", ref = "RateLimitPolicy"),
        @Header(name = "RateLimit", ref = "RateLimit")
      },
      content = @Content(schema = @Schema(implementation = SignInView.class)))
  @APIResponse(responseCode = "204", description = "There is no cookie, so nobody is signed in.")
  public Uni<Response> begin(
      @Context HttpHeaders headers, @Context HttpServerResponse response, String body) {
    page.require(name -> values(headers, name));
    OAuthForm form = OAuthForm.read(body);
    return switch (form.required("grant_type")) {
      case AuthorizationCodeGrant.TYPE ->
          codes.signIn(form).chain(view -> signedIn(view, response));
      case RefreshTokenGrant.TYPE -> refresh(cookie(headers), response);
      default ->
          throw MalformedForm.violates(
              "grant_type",
              "must be " + AuthorizationCodeGrant.TYPE + " or " + RefreshTokenGrant.TYPE);
    };
  }

  @DELETE
  @PermitAll
  @Operation(
      summary =
          "For the web page of this server: ends the session in the cookie, and deletes the cookie.")
  @APIResponse(responseCode = "204", description = "Nobody is signed in any more.")
  public Uni<Response> end(@Context HttpHeaders headers) {
    page.require(name -> values(headers, name));
    return cookie(headers)
        .map(
            token ->
                sessions.revoke(token).invoke(WebSessionResource::requireDone).replaceWithVoid())
        .orElseGet(() -> Uni.createFrom().voidItem())
        .map(
            unused ->
                Response.noContent()
                    .header(HttpHeaders.SET_COOKIE, SessionCookie.delete())
                    .build());
  }

  /** Otherwise the person would believe that the session has ended. The cookie stays. */
  private static void requireDone(boolean done) {
    if (!done) {
      throw Refusal.of(ExchangeProblem.TOO_MANY_EXCHANGES).toException();
    }
  }

  private Uni<Response> refresh(Optional<RefreshToken> cookie, HttpServerResponse response) {
    return cookie
        .map(
            token ->
                sessions
                    .refresh(token)
                    .invoke(outcome -> deleteIfOver(outcome, response))
                    .map(SignInView::of)
                    .chain(view -> signedIn(view, response)))
        .orElseGet(() -> Uni.createFrom().item(Response.noContent().build()));
  }

  private static void deleteIfOver(SignInOutcome outcome, HttpServerResponse response) {
    if (outcome instanceof NotSignedIn refused && refused.isFinal()) {
      response.putHeader(HttpHeaders.SET_COOKIE, SessionCookie.delete());
    }
  }

  private static List<String> values(HttpHeaders headers, String name) {
    List<String> values = headers.getRequestHeader(name);
    return values == null ? List.of() : values;
  }

  private static Optional<RefreshToken> cookie(HttpHeaders headers) {
    return Optional.ofNullable(headers.getCookies().get(SessionCookie.NAME))
        .map(Cookie::getValue)
        .filter(value -> !value.isEmpty())
        .map(RefreshToken::new);
  }

  private Uni<Response> signedIn(SignInView view, HttpServerResponse response) {
    Optional<String> token = Optional.ofNullable(view.refreshToken());
    return token
        .filter(text -> !SessionCookie.fits(text))
        .map(text -> tooLarge(new RefreshToken(text), response))
        .orElseGet(
            () ->
                Uni.createFrom()
                    .item(
                        Response.ok(view.withoutRefreshToken())
                            .header(HttpHeaders.SET_COOKIE, SessionCookie.set(token))
                            .build()));
  }

  /**
   * Browsers ignore such a cookie, so the person would be signed out within minutes, unexplained.
   */
  private Uni<Response> tooLarge(RefreshToken token, HttpServerResponse response) {
    return sessions
        .abandon(token)
        .invoke(() -> response.putHeader(HttpHeaders.SET_COOKIE, SessionCookie.delete()))
        .chain(unused -> Refusal.of(ExchangeProblem.SESSION_TOO_LARGE).toFailure());
  }
}
