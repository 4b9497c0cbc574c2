package dev.osmo.cli.session;

import dev.osmo.cli.session.store.Login;
import dev.osmo.cli.session.token.Pat;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The login that a command works with, wherever it comes from. */
public sealed interface ActiveLogin permits SavedLogin, GivenLogin {

  /** With a JWT that may be old. */
  Login current();

  /**
   * Exchanges the token anew, unless somebody else has done it meanwhile.
   *
   * @param stillNeeded asked of the login as it is when nobody else can change it any more
   */
  Login renew(Predicate<Login> stillNeeded);

  /** Does work during which no other process changes this login. */
  <T> T exclusively(Supplier<T> work);

  /**
   * Puts a new secret in the place of the present one, in this login and in every other that is
   * remembered and is by the same token. What was exchanged for the old one is not used again.
   *
   * @return whether it is remembered beyond this process
   */
  boolean keep(Pat newer);

  /** Where it comes from, in words for a person. */
  String source();
}
