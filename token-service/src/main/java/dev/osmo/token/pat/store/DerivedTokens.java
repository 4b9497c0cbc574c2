package dev.osmo.token.pat.store;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The tokens that were made with another. */
@ApplicationScoped
public class DerivedTokens {

  private static final String COUNT =
      "SELECT count(*) FROM derived_tokens(ARRAY[CAST(:token AS text)])";

  /** How many exist that were made with this one, or with one that was. */
  public Uni<Long> count(String token) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(COUNT, Long.class)
                    .setParameter("token", token)
                    .getSingleResult());
  }
}
