package dev.osmo.token.pat.history;

import dev.osmo.token.pat.store.SecretRow;
import dev.osmo.token.pat.store.TokenRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts from which the causes follow.
 *
 * @param byOwner whether the reader owns the token
 * @param secrets the live ones and the latest of all
 * @param removed the latest removal first
 * @param actors by kind of change, who made the last one; without an entry if nobody was signed in
 */
record HistoryFacts(
    TokenRow token,
    boolean byOwner,
    @Nullable Instant disabledAt,
    @Nullable Instant suspendedAt,
    @Nullable Instant signInDueAt,
    List<SecretRow> live,
    List<SecretRow> secrets,
    List<RemovedRoleView> removed,
    Map<String, String> actors) {

  HistoryFacts {
    live = List.copyOf(live);
    secrets = List.copyOf(secrets);
    removed = List.copyOf(removed);
    actors = Map.copyOf(actors);
  }

  boolean ownerMustSignIn() {
    return signInDueAt != null && !signInDueAt.isAfter(token.asOf());
  }

  @Nullable String actor(String kind) {
    return actors.get(kind);
  }

  boolean isRevoked() {
    return live.isEmpty();
  }

  /** The latest revocation of a secret. */
  Optional<Instant> revokedAt() {
    return secrets.stream()
        .map(SecretRow::revokedAt)
        .flatMap(time -> Optional.ofNullable(time).stream())
        .max(Instant::compareTo);
  }

  /** The secret whose grace period ended last, if a rotation ended one. */
  Optional<SecretRow> rotatedOut() {
    return secrets.stream()
        .filter(secret -> secret.revokedAt() == null && !isLive(secret))
        .max(Comparator.comparing(HistoryFacts::end));
  }

  private boolean isLive(SecretRow secret) {
    return live.stream().anyMatch(one -> one.id().equals(secret.id()));
  }

  private static Instant end(SecretRow secret) {
    Instant end = secret.validUntil();
    return end == null ? Instant.MAX : end;
  }
}
