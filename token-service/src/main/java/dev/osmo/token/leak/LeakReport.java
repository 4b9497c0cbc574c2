package dev.osmo.token.leak;

import dev.osmo.http.request.RequestId;
import dev.osmo.pat.Lookup;
import dev.osmo.pat.PatText;
import dev.osmo.token.minting.Mint;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Use case: reported tokens end, with all that was made with them, before the answer. One statement
 * and no Argon2: a lookup is found only by who has the text.
 */
@ApplicationScoped
class LeakReport {

  private static final Logger LOG = Logger.getLogger(LeakReport.class);
  private static final String REVOKE =
      """
      SELECT revoke_leaked(ARRAY(SELECT decode(l, 'hex') FROM unnest(string_to_array(:lookups, ',')) l), :request)
      """;

  private final Mint mint;

  LeakReport(Mint mint) {
    this.mint = mint;
  }

  /** What is no token's text is passed over. */
  @WithTransaction
  Uni<Void> apply(List<String> texts, RequestId requestId) {
    String lookups =
        texts.stream()
            .map(PatText::parse)
            .flatMap(Optional::stream)
            .flatMap(text -> mint.lookupsOf(text).stream())
            .map(Lookup::hex)
            .collect(Collectors.joining(","));
    return lookups.isEmpty() ? Uni.createFrom().voidItem() : revoke(lookups, requestId);
  }

  private static Uni<Void> revoke(String lookups, RequestId requestId) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(REVOKE, Integer.class)
                    .setParameter("lookups", lookups)
                    .setParameter("request", requestId.value())
                    .getSingleResult())
        .invoke(ended -> LOG.infof("leak report applied: revoked_tokens=%d", ended))
        .replaceWithVoid();
  }
}
