package dev.osmo.exchange.pat;

import dev.osmo.pat.Lookup;
import dev.osmo.pat.PatId;
import dev.osmo.pat.Phc;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Builds an access token as the database could return it, for tests of pure rules. */
public final class StoredPatBuilder {

  private final Instant readAt;
  private Instant expiresAt;
  private @Nullable Instant suspendedAt;
  private @Nullable Instant validUntil;
  private @Nullable Instant revokedAt;
  private @Nullable Instant ownerDisabledAt;
  private @Nullable Instant signInDueAt;
  private List<String> roles = List.of();

  public StoredPatBuilder(Instant readAt) {
    this.readAt = readAt;
    this.expiresAt = readAt;
  }

  public StoredPatBuilder expiresAt(Instant time) {
    expiresAt = time;
    return this;
  }

  public StoredPatBuilder suspendedAt(Instant time) {
    suspendedAt = time;
    return this;
  }

  public StoredPatBuilder validUntil(Instant time) {
    validUntil = time;
    return this;
  }

  public StoredPatBuilder revokedAt(Instant time) {
    revokedAt = time;
    return this;
  }

  public StoredPatBuilder ownerDisabledAt(Instant time) {
    ownerDisabledAt = time;
    return this;
  }

  public StoredPatBuilder signInDueAt(Instant time) {
    signInDueAt = time;
    return this;
  }

  public StoredPatBuilder roles(String... names) {
    roles = List.of(names);
    return this;
  }

  public StoredPat build() {
    StoredSecret secret =
        new StoredSecret(
            new UUID(0, 1),
            new Lookup("p1", "0".repeat(64)),
            new Phc("$argon2id$"),
            null,
            validUntil,
            revokedAt);
    return new StoredPat(
        new PatId("pat_0000000000000000000001"),
        "my-token",
        readAt,
        expiresAt,
        suspendedAt,
        secret,
        new StoredPat.Owner("user@example.com", ownerDisabledAt, signInDueAt),
        roles,
        readAt);
  }
}
