package dev.osmo.exchange.oauth.introspection;

import dev.osmo.exchange.exchange.Validation.Valid;
import dev.osmo.exchange.jwt.IssuedJwt;
import dev.osmo.exchange.oauth.TokenType;
import dev.osmo.exchange.pat.LivePat;
import dev.osmo.exchange.pat.StoredPat;
import dev.osmo.exchange.session.StoredSession;
import dev.osmo.pat.PatId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A token that is valid now.
 *
 * @param roles its current roles, which may be fewer than a JWT claims
 */
record ActiveToken(
    TokenType type,
    String owner,
    Origin origin,
    String id,
    String audience,
    List<String> roles,
    Instant issuedAt,
    Instant notBefore,
    Instant expiresAt) {

  /** What the token is, or what the JWT was issued for. */
  sealed interface Origin {

    record OfPat(PatId id) implements Origin {}

    /**
     * The session of a person.
     *
     * @param clientId the client through which the person signed in
     */
    record OfSession(UUID id, String clientId) implements Origin {}
  }

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
        new Origin.OfPat(pat.id()),
        pat.id().value(),
        issuer,
        pat.roles(),
        pat.createdAt(),
        pat.createdAt(),
        pat.end());
  }

  /** The JWT with the roles that it still has; empty when it has none or is not valid now. */
  static Optional<ActiveToken> of(IssuedJwt jwt, LivePat pat) {
    return of(jwt, new Origin.OfPat(pat.id()), pat.roles(), pat.readAt());
  }

  /** The same for the JWT of a session. */
  static Optional<ActiveToken> of(IssuedJwt jwt, StoredSession session) {
    return session.userId().equals(jwt.userId())
        ? of(
            jwt,
            new Origin.OfSession(session.id(), session.clientId()),
            session.roles(),
            session.readAt())
        : Optional.empty();
  }

  private static Optional<ActiveToken> of(
      IssuedJwt jwt, Origin origin, List<String> current, Instant readAt) {
    List<String> left = jwt.roles().stream().filter(current::contains).toList();
    return jwt.isInForceAt(readAt) && !left.isEmpty()
        ? Optional.of(
            new ActiveToken(
                TokenType.JWT,
                jwt.userId(),
                origin,
                jwt.jti(),
                jwt.audience(),
                left,
                jwt.issuedAt(),
                jwt.notBefore(),
                jwt.expiresAt()))
        : Optional.empty();
  }
}
