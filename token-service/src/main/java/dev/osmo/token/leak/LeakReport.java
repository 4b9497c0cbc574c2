package dev.osmo.token.leak;

import dev.osmo.http.request.RequestId;
import dev.osmo.pat.Lookup;
import dev.osmo.pat.PatText;
import dev.osmo.token.database.Lease;
import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.minting.Mint;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Use case: revokes reported tokens, and every token derived from them, before it responds. It runs
 * one statement and no Argon2: the lookup can be computed only from the text of a token.
 */
@ApplicationScoped
class LeakReport {

  private static final Logger LOG = Logger.getLogger(LeakReport.class);
  private static final String REVOKE =
      """
      SELECT revoke_leaked(ARRAY(SELECT decode(l, 'hex') FROM unnest(string_to_array(:lookups, ',')) l), :request)
       WHERE require_primary(:timeline)
      """;

  private final Mint mint;
  private final Lease lease;

  LeakReport(Mint mint, Lease lease) {
    this.mint = mint;
    this.lease = lease;
  }

  @WithTransaction
  Uni<Void> apply(List<PatText> tokens, RequestId requestId) {
    String lookups =
        tokens.stream()
            .flatMap(text -> mint.lookupsOf(text).stream())
            .map(Lookup::hex)
            .collect(Collectors.joining(","));
    return lookups.isEmpty() ? Uni.createFrom().voidItem() : revoke(lookups, requestId);
  }

  private Uni<Void> revoke(String lookups, RequestId requestId) {
    return NativeQuery.of(REVOKE)
        .with("lookups", lookups)
        .with("timeline", lease.timeline())
        .with("request", requestId.value())
        .single(Integer.class)
        .invoke(count -> LOG.infof("leak report applied: revoked_tokens=%d", count))
        .replaceWithVoid();
  }
}
