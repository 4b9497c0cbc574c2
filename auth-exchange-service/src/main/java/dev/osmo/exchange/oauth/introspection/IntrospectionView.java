package dev.osmo.exchange.oauth.introspection;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.osmo.exchange.oauth.Scope;
import dev.osmo.exchange.oauth.TokenType;
import dev.osmo.exchange.oauth.TokenView;
import java.util.List;

/** The response of RFC 7662, section 2.2, for an active token. Times are epoch seconds. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record IntrospectionView(
    boolean active,
    String scope,
    String clientId,
    String username,
    String tokenType,
    long exp,
    long iat,
    long nbf,
    String sub,
    String aud,
    String iss,
    String jti,
    List<String> roles,
    String patId) {

  /** The response for any other token. */
  record Inactive(boolean active) {

    static final Inactive VIEW = new Inactive(false);
  }

  static IntrospectionView of(ActiveToken token, String issuer) {
    return new IntrospectionView(
        true,
        Scope.text(token.roles()),
        token.patId(),
        token.owner(),
        // A personal access token is not a Bearer token: no resource server accepts it.
        token.type() == TokenType.JWT ? TokenView.BEARER : token.type().urn(),
        token.expiresAt().getEpochSecond(),
        token.issuedAt().getEpochSecond(),
        token.notBefore().getEpochSecond(),
        token.owner(),
        token.audience(),
        issuer,
        token.id(),
        token.roles(),
        token.patId());
  }
}
