package dev.osmo.devprovider;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.OIDCScopeValue;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Issues ID tokens, and refresh tokens for the scope {@code offline_access}. */
final class TokenEndpoint {
  private final DevProviderSettings settings;
  private final Directory directory;
  private final Codes codes;
  private final DeviceGrants devices;
  private final IdTokens idTokens;

  /** Every refresh token that was ever issued, so that the second use of one is recognised. */
  private final Map<RefreshToken, SignIn> refreshTokens = new ConcurrentHashMap<>();

  TokenEndpoint(
      DevProviderSettings settings,
      Directory directory,
      Codes codes,
      DeviceGrants devices,
      IdTokens idTokens) {
    this.settings = settings;
    this.directory = directory;
    this.codes = codes;
    this.devices = devices;
    this.idTokens = idTokens;
  }

  Answer issue(HTTPRequest http, Instant now) {
    TokenRequest request;
    try {
      request = TokenRequest.parse(http);
    } catch (ParseException e) {
      return Answer.error(
          Optional.ofNullable(e.getErrorObject()).orElse(OAuth2Error.INVALID_REQUEST));
    }
    ClientID client = request.getClientID();
    if (client == null || !settings.clients().contains(client.getValue())) {
      return Answer.error(OAuth2Error.INVALID_CLIENT);
    }
    AuthorizationGrant grant = request.getAuthorizationGrant();
    return switch (grant) {
      case AuthorizationCodeGrant code -> tokens(codes.redeem(code, client, now).orElse(null), now);
      case RefreshTokenGrant refresh -> tokens(refreshed(refresh.getRefreshToken(), client), now);
      case DeviceCodeGrant device ->
          switch (devices.poll(device.getDeviceCode(), client, now)) {
            case DeviceGrants.Poll.Approved approved -> tokens(approved.signIn(), now);
            case DeviceGrants.Poll.Refused refused -> Answer.error(refused.error());
          };
      default -> Answer.error(OAuth2Error.UNSUPPORTED_GRANT_TYPE);
    };
  }

  /** Ends the sign-in of a refresh token (RFC 7009). Every other text is accepted silently. */
  Answer revoke(Form form) {
    String token = form.value("token");
    SignIn signIn = token.isBlank() ? null : refreshTokens.get(new RefreshToken(token));
    if (signIn != null) {
      signIn.family().revoke();
    }
    return Answer.json("{}");
  }

  private @Nullable SignIn refreshed(RefreshToken presented, ClientID client) {
    SignIn signIn = refreshTokens.get(presented);
    return signIn != null && signIn.client().equals(client) && signIn.family().accepts(presented)
        ? signIn.refreshed()
        : null;
  }

  private Answer tokens(@Nullable SignIn signIn, Instant now) {
    Optional<DevUser> user =
        Optional.ofNullable(signIn).flatMap(each -> directory.enabled(each.user()));
    if (signIn == null || user.isEmpty() || signIn.family().isRevoked()) {
      return Answer.error(OAuth2Error.INVALID_GRANT);
    }
    return Answer.json(
        new OIDCTokenResponse(
                new OIDCTokens(
                    idTokens.sign(signIn, user.get(), now),
                    new BearerAccessToken(settings.idTokenLife().toSeconds(), signIn.scope()),
                    nextRefreshToken(signIn)))
            .toJSONObject()
            .toJSONString());
  }

  private @Nullable RefreshToken nextRefreshToken(SignIn signIn) {
    if (!signIn.scope().contains(OIDCScopeValue.OFFLINE_ACCESS)) {
      return null;
    }
    RefreshToken next = signIn.family().next();
    if (next != null) {
      refreshTokens.put(next, signIn);
    }
    return next;
  }
}
