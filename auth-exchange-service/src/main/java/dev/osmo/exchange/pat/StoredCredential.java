package dev.osmo.exchange.pat;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an access token is exchanged with: one of its secrets, or its trust in a workload. */
public sealed interface StoredCredential permits StoredSecret, StoredTrust {

  UUID id();

  /** Null until its first exchange. */
  @Nullable Instant firstUsedAt();

  /** Null if it is valid as long as its token. */
  @Nullable Instant validUntil();

  @Nullable Instant revokedAt();
}
