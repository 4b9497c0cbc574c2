package dev.osmo.exchange.oauth.introspection;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.osmo.exchange.oauth.Scope;
import dev.osmo.exchange.oauth.TokenType;
import dev.osmo.exchange.oauth.TokenView;
import dev.osmo.exchange.oauth.introspection.ActiveToken.Origin.OfPat;
import dev.osmo.exchange.oauth.introspection.ActiveToken.Origin.OfSession;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The response of RFC 7662, section 2.2, for an active token. Times are epoch seconds. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record IntrospectionView(
    @Schema(constValue = "true") boolean active,
    @Schema(description = "The current roles.") String scope,
    @Schema(description = "The id of the access token, or the client of the session.")
        String clientId,
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
    @Schema(pattern = IntrospectionView.PAT_ID) @Nullable String patId,
    @Schema(description = "The session, if the JWT is of one.", format = "uuid")
        @Nullable String sid) {

  private static final String PAT_ID = "^pat_[0-9A-Za-z]{22}$";

  /** The response for any other token. */
  record Inactive(@Schema(constValue = "false") boolean active) {

    static final Inactive VIEW = new Inactive(false);
  }

  static IntrospectionView of(ActiveToken token, String issuer) {
    return switch (token.origin()) {
      case OfPat(var pat) -> of(token, issuer, pat.value(), pat.value(), null);
      case OfSession(var session, var client) ->
          of(token, issuer, client, null, session.toString());
    };
  }

  private static IntrospectionView of(
      ActiveToken token,
      String issuer,
      String clientId,
      @Nullable String patId,
      @Nullable String sessionId) {
    return new IntrospectionView(
        true,
        Scope.text(token.roles()),
        clientId,
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
        patId,
        sessionId);
  }
}
