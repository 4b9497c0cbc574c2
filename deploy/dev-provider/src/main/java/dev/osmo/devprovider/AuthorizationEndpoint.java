package dev.osmo.devprovider;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The page where a person signs in for an authorization code. */
final class AuthorizationEndpoint {
  private static final Duration TIME_TO_CHOOSE = Duration.ofMinutes(10);
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  private final DevProviderSettings settings;
  private final Issuer issuer;
  private final Directory directory;
  private final Codes codes;
  private final OneTime<String, AuthenticationRequest> undecided = new OneTime<>(TIME_TO_CHOOSE);

  AuthorizationEndpoint(
      DevProviderSettings settings, Issuer issuer, Directory directory, Codes codes) {
    this.settings = settings;
    this.issuer = issuer;
    this.directory = directory;
    this.codes = codes;
  }

  /** A request with an unknown client or redirect address is answered here, not by a redirect. */
  Answer show(String query) {
    AuthenticationRequest request;
    try {
      request = AuthenticationRequest.parse(query);
    } catch (ParseException e) {
      return refused("The request is not valid: " + e.getMessage());
    }
    if (!settings.clients().contains(request.getClientID().getValue())) {
      return refused("Unknown client.");
    }
    if (!isLoopback(request.getRedirectionURI())) {
      return refused("The redirect address is not on loopback.");
    }
    return problemOf(request)
        .map(error -> Answer.redirect(response(request, error)))
        .orElseGet(() -> choose(request));
  }

  Answer decide(Form form, Instant now) {
    Optional<AuthenticationRequest> found = undecided.take(form.value("request"), now);
    if (found.isEmpty()) {
      return refused("This page has expired. Start again in the terminal.");
    }
    AuthenticationRequest request = found.get();
    return directory
        .enabled(form.value("user"))
        .map(user -> signedIn(request, user, now))
        .map(Answer::redirect)
        .orElseGet(() -> Answer.redirect(response(request, OAuth2Error.ACCESS_DENIED)));
  }

  private Answer choose(AuthenticationRequest request) {
    String id = UUID.randomUUID().toString();
    undecided.put(id, request, settings.clock().instant());
    return Answer.page(
        200,
        Page.chooseUser(
            "Sign in to " + request.getClientID(), "/authorize", "request", id, directory.all()));
  }

  private static Optional<ErrorObject> problemOf(AuthenticationRequest request) {
    if (!request.getResponseType().impliesCodeFlow()) {
      return Optional.of(OAuth2Error.UNSUPPORTED_RESPONSE_TYPE);
    }
    if (request.getCodeChallenge() == null
        || !CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())) {
      return Optional.of(
          OAuth2Error.INVALID_REQUEST.setDescription("PKCE with the method S256 is required"));
    }
    return Optional.empty();
  }

  private URI signedIn(AuthenticationRequest request, DevUser user, Instant now) {
    SignIn signIn =
        new SignIn(
            user.name(),
            request.getClientID(),
            request.getScope(),
            request.getNonce(),
            now,
            new Family());
    AuthorizationCode code =
        codes.issue(signIn, request.getRedirectionURI(), request.getCodeChallenge(), now);
    return new AuthorizationSuccessResponse(
            request.getRedirectionURI(), code, null, request.getState(), issuer, ResponseMode.QUERY)
        .toURI();
  }

  private URI response(AuthenticationRequest request, ErrorObject error) {
    return new AuthorizationErrorResponse(
            request.getRedirectionURI(), error, request.getState(), issuer, ResponseMode.QUERY)
        .toURI();
  }

  private static boolean isLoopback(URI redirect) {
    return "http".equals(redirect.getScheme())
        && redirect.getHost() != null
        && LOOPBACK.contains(redirect.getHost())
        && redirect.getFragment() == null;
  }

  private static Answer refused(String reason) {
    return Answer.page(400, Page.message("Cannot sign in", reason));
  }
}
