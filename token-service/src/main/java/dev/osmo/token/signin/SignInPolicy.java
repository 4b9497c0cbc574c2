package dev.osmo.token.signin;

import dev.osmo.token.database.NativeQuery;
import dev.osmo.token.database.Transactions;
import dev.osmo.token.settings.SignInSettings;
import dev.osmo.token.settings.TokenServiceSettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * How often the owners of access tokens must sign in. The database keeps the policy, so that both
 * services decide by the same one. It is written at startup; the replica that starts last decides.
 */
@ApplicationScoped
public class SignInPolicy {

  private static final Logger LOG = Logger.getLogger(SignInPolicy.class);
  private static final String APPLY =
      "SELECT apply_sign_in_policy(CAST(CAST(:age AS text) AS interval), :unlinked)";

  private final SignInSettings settings;
  private final Transactions transactions;

  SignInPolicy(TokenServiceSettings settings, Transactions transactions) {
    this.settings = settings.signIn();
    this.transactions = transactions;
  }

  /** Changes nothing if the database has this policy already. */
  public Uni<Void> apply() {
    String age = settings.reverifyAfter().map(Duration::toString).orElse(null);
    return transactions
        .run(
            () ->
                NativeQuery.of(APPLY)
                    .with("age", age)
                    .with("unlinked", settings.reverifyUnlinkedUsers())
                    .single(Boolean.class))
        .invoke(
            isNew -> {
              if (isNew) {
                LOG.infof("sign-in policy changed: reverify_after=%s", age);
              }
            })
        .replaceWithVoid();
  }
}
