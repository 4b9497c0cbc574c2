package dev.osmo.token.pat.listing;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
 */
public record TokenDetails(
    @JsonUnwrapped TokenView token,
    String createdBy,
    @Nullable String parentId,
    @Nullable Instant renewableUntil,
    long derivedTokens,
    List<SecretView> secrets) {

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

  public static TokenDetails of(TokenRow row, List<SecretRow> secrets, long derived) {
    return new TokenDetails(
        TokenView.of(row),
        row.createdBy(),
        row.parentId(),
        row.renewableUntil(),
        derived,
        secrets.stream().map(SecretView::of).toList());
  }
}
