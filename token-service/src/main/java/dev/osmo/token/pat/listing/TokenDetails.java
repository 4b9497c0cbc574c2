package dev.osmo.token.pat.listing;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.osmo.token.pat.rules.WorkloadTrust;
import dev.osmo.token.pat.store.SecretRow;
import dev.osmo.token.pat.store.TokenRow;
import dev.osmo.token.pat.store.TokenView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A single token as clients see it.
 *
 * @param parentId the token that was exchanged for the JWT which created this one
 * @param derivedTokens how many tokens were created with it
 * @param trust the workload that it trusts; it then has no secret
 * @param secrets the live secrets and the newest 100 of all, newest first
 */
public record TokenDetails(
    @JsonUnwrapped TokenView token,
    String createdBy,
    @Nullable String parentId,
    @Nullable Instant renewableUntil,
    long derivedTokens,
    List<SecretView> secrets,
    @Nullable TrustView trust) {

  /** One of its secrets, without secret fields. */
  record SecretView(
      Instant createdAt,
      @Nullable Instant firstUsedAt,
      @Nullable Instant validUntil,
      @Nullable Instant revokedAt) {

    static SecretView of(SecretRow row) {
      return new SecretView(row.createdAt(), row.firstUsedAt(), row.validUntil(), row.revokedAt());
    }
  }

  /** The workload that it trusts. */
  record TrustView(
      String issuer,
      String audience,
      String subject,
      @Nullable Instant firstUsedAt,
      @Nullable Instant revokedAt) {

    static TrustView of(WorkloadTrust trust, SecretRow row) {
      return new TrustView(
          trust.issuer(), trust.audience(), trust.subject(), row.firstUsedAt(), row.revokedAt());
    }
  }

  public static TokenDetails of(TokenRow row, List<SecretRow> secrets, long derived) {
    return new TokenDetails(
        TokenView.of(row),
        row.createdBy(),
        row.parentId(),
        row.renewableUntil(),
        derived,
        secrets.stream().filter(secret -> secret.trust().isEmpty()).map(SecretView::of).toList(),
        trust(secrets));
  }

  private static @Nullable TrustView trust(List<SecretRow> secrets) {
    return secrets.stream()
        .flatMap(row -> row.trust().map(trust -> TrustView.of(trust, row)).stream())
        .findFirst()
        .orElse(null);
  }
}
