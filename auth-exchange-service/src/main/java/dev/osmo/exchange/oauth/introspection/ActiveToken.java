package dev.osmo.exchange.oauth.introspection;

import dev.osmo.exchange.jwt.IssuedJwt;
import dev.osmo.exchange.oauth.TokenType;
import dev.osmo.exchange.pat.LivePat;
import dev.osmo.exchange.validation.Presentation.Valid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token that opens something at this moment, and what.
 *
 * @param roles those it still has: not all that a JWT says
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

  ActiveToken {
    roles = List.copyOf(roles);
  }

  /** A token opens nothing but the exchange, and that is at the issuer. */
  static ActiveToken of(Valid presented, LivePat pat, String issuer) {
    return new ActiveToken(
        TokenType.PAT,
        pat.userId(),
        pat.id().value(),
        pat.id().value(),
        issuer,
        pat.roles(),
        pat.createdAt(),
        pat.createdAt(),
        presented.pat().end());
  }

  /** What is left of the JWT now; nothing when that is nothing. */
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
