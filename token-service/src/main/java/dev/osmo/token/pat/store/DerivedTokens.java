package dev.osmo.token.pat.store;

import dev.osmo.token.database.NativeQuery;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The tokens that were created with another token, directly or through others. */
@ApplicationScoped
public class DerivedTokens {

  private static final String COUNT =
      "SELECT count(*) FROM derived_tokens(ARRAY[CAST(:token AS text)])";

  /** Counts those of this token that still exist. */
  public Uni<Long> count(String token) {
    return NativeQuery.of(COUNT).with("token", token).single(Long.class);
  }
}
