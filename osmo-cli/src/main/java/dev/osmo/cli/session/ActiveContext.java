package dev.osmo.cli.session;

import dev.osmo.cli.options.Downscope;
import dev.osmo.pat.PatText;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The context that a command uses: a saved one, or the token or workload in the environment. */
sealed interface ActiveContext permits SavedContext, EnvironmentContext {

  /** Its JWT may have expired. */
  Context current();

  /**
   * Exchanges the token for a new JWT, unless another process has done so.
   *
   * @param stillNeeded is evaluated while no other process can change the context
   */
  Context renew(Predicate<Context> stillNeeded);

  /** The context with a JWT that has fewer rights and that no other request uses. */
  Context downscoped(Downscope wanted);

  /** Runs work while no other process changes this context. */
  <T> T exclusively(Supplier<T> work);

  /**
   * Replaces the secret, in this context and in every saved context with the same token. JWTs of
   * the old secret are not used again.
   *
   * @return whether it is stored beyond this process
   */
  boolean replaceSecret(PatText newer);

  /** Its origin, for users. */
  String source();
}
