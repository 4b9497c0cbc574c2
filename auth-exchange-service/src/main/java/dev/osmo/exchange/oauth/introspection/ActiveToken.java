package dev.osmo.exchange.oauth.introspection;

import dev.osmo.exchange.exchange.Validation.Valid;
import dev.osmo.exchange.jwt.IssuedJwt;
import dev.osmo.exchange.oauth.TokenType;
import dev.osmo.exchange.pat.LivePat;
import dev.osmo.exchange.pat.StoredPat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token that is valid now.
 *
 * @param roles its current roles, which may be fewer than a JWT claims
 */
record ActiveToken(
    TokenType type,
    String owner,
    String patId,
    String id,
    String audience,
    List<String> roles,
    Instant issuedAt,
    Instant notBefore,
    Instant expiresAt) {

  private static final String INSPECTOR = "osmo-introspect";

  ActiveToken {
    roles = List.copyOf(roles);
  }

  /**
   * Whether the owner of this token may introspect the other: an own token, or any token with the
   * role for it.
   */
  boolean mayInspect(ActiveToken other) {
    return owner.equals(other.owner) || roles.contains(INSPECTOR);
  }

  /** The audience of an access token is the issuer, because only the exchange accepts it. */
  static ActiveToken of(Valid presented, String issuer) {
    StoredPat pat = presented.pat();
    return new ActiveToken(
        TokenType.PAT,
        pat.owner().userId(),
        pat.id().value(),
        pat.id().value(),
        issuer,
        pat.roles(),
        pat.createdAt(),
        pat.createdAt(),
        pat.end());
  }

  /** The JWT with the roles that it still has; empty when it has none or is not valid now. */
  static Optional<ActiveToken> of(IssuedJwt jwt, LivePat pat) {
    List<String> left = jwt.roles().stream().filter(pat.roles()::contains).toList();
    return jwt.isInForceAt(pat.readAt()) && !left.isEmpty()
        ? Optional.of(
            new ActiveToken(
                TokenType.JWT,
                jwt.userId(),
                jwt.patId(),
                jwt.jti(),
                jwt.audience(),
                left,
                jwt.issuedAt(),
                jwt.notBefore(),
                jwt.expiresAt()))
        : Optional.empty();
  }
}
