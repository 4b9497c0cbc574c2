package dev.osmo.http.issuer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The claims of a token whose signature was verified with a key of its issuer.
 *
 * @param issuer the issuer whose key verified the token
 * @param audience the only audience of the token
 * @param subject empty if a security event has none
 * @param notBefore {@code nbf}, or {@code iat} without it
 * @param expiresAt the end of time if a security event has none
 * @param claims all claims, as JSON values
 */
public record VerifiedToken(
    String issuer,
    String audience,
    String subject,
    Instant notBefore,
    Instant issuedAt,
    Instant expiresAt,
    Map<String, Object> claims) {

  /** The clocks of issuers differ from the database's. A token that has expired gets no leeway. */
  private static final Duration LEEWAY = Duration.ofSeconds(30);

  /**
   * Whether the token is valid at this time of the database. A JWT counts whole seconds, so a token
   * is not valid in its last second.
   *
   * @param longest the longest lifetime of a token
   */
  public boolean isValidAt(Instant now, Duration longest) {
    return !expiresAt.isBefore(now.plusSeconds(1))
        && !notBefore.isAfter(now.plus(LEEWAY))
        && !issuedAt.isAfter(now.plus(LEEWAY))
        && !expiresAt.isAfter(issuedAt.plus(longest));
  }

  public boolean has(String claim) {
    return claims.get(claim) != null;
  }

  /** The claim; empty if it is absent or not a text. */
  public Optional<String> text(String claim) {
    return claims.get(claim) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /**
   * The texts of a claim that is a list of texts, or one text. Empty if the claim is absent.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public Optional<List<String>> texts(String claim) {
    return Optional.ofNullable(claims.get(claim)).map(VerifiedToken::texts);
  }

  private static List<String> texts(Object value) {
    return switch (value) {
      case String one -> List.of(one);
      case List<?> list when list.stream().allMatch(String.class::isInstance) ->
          list.stream().map(String.class::cast).toList();
      default -> throw new IllegalArgumentException("not a list of texts");
    };
  }

  /** Without the other claims, which describe a person. */
  @Override
  public String toString() {
    return "VerifiedToken[issuer=" + issuer + ", audience=" + audience + ", subject=***]";
  }
}
