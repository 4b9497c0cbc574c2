package dev.osmo.token.signin;

import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Transactions;
import dev.osmo.token.settings.SignInSettings;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * How often the owners of access tokens must sign in. The database keeps the policy, so that both
 * services decide by the same one. It is written at startup; the replica that starts last decides.
 *
 * <p>A new policy counts for each sign-in from then on. The users who exist already follow in
 * batches, and a replica is ready when all of them have followed. A batch that a replica leaves
 * undone is done by the next one.
 */
@ApplicationScoped
public class SignInPolicy {

  private static final Logger LOG = Logger.getLogger(SignInPolicy.class);
  private static final String SET =
      "SELECT set_sign_in_policy(CAST(CAST(:age AS text) AS interval), :unlinked)";
  private static final String APPLY_TO_SOME = "SELECT apply_sign_in_policy_to_some(:most)";

  /** Sign-ins of these users wait for as long as a batch takes. */
  private static final int BATCH = 1000;

  private final SignInSettings settings;
  private final Transactions transactions;

  SignInPolicy(TokenServiceSettings settings, Transactions transactions) {
    this.settings = settings.signIn();
    this.transactions = transactions;
  }

  /** Changes nothing if the database has this policy already, and all users follow it. */
  public Uni<Void> apply() {
    return set()
        .invoke(this::log)
        .chain(
            () ->
                Multi.createBy()
                    .repeating()
                    .uni(this::applyToSome)
                    .whilst(more -> more)
                    .collect()
                    .last())
        .replaceWithVoid();
  }

  private Uni<Boolean> set() {
    return transactions.run(
        () ->
            NativeQuery.of(SET)
                .with("age", settings.reverifyAfter().map(Duration::toString).orElse(null))
                .with("unlinked", settings.reverifyUnlinkedUsers())
                .single(Boolean.class));
  }

  private Uni<Boolean> applyToSome() {
    return transactions.run(
        () -> NativeQuery.of(APPLY_TO_SOME).with("most", BATCH).single(Boolean.class));
  }

  private void log(boolean isNew) {
    if (isNew) {
      LOG.infof("sign-in policy changed: reverify_after=%s", settings.reverifyAfter().orElse(null));
    }
  }
}
