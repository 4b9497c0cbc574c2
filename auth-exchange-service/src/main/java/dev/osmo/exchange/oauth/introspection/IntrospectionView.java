package dev.osmo.exchange.oauth.introspection;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.osmo.exchange.oauth.Scope;
import dev.osmo.exchange.oauth.TokenType;
import dev.osmo.exchange.oauth.TokenView;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response of RFC 7662, section 2.2, for an active token. Times are epoch seconds. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record IntrospectionView(
    @Schema(constValue = "true") boolean active,
    @Schema(description = "The current roles.") String scope,
    @Schema(pattern = IntrospectionView.PAT_ID) String clientId,
    String username,
    @Schema(enumeration = {TokenView.BEARER, TokenType.PAT_URN}) String tokenType,
    long exp,
    long iat,
    long nbf,
    String sub,
    String aud,
    String iss,
    String jti,
    List<String> roles,
    @Schema(pattern = IntrospectionView.PAT_ID) String patId) {

  private static final String PAT_ID = "^pat_[0-9A-Za-z]{22}$";

  /** The response for any other token. */
  record Inactive(@Schema(constValue = "false") boolean active) {

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
