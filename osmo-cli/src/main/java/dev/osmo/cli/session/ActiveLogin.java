package dev.osmo.cli.session;

import java.util.function.Predicate;

/** The login that a command works with, wherever it comes from. */
sealed interface ActiveLogin permits SavedLogin, GivenLogin {

  /** With a JWT that may be old. */
  Login current();

  /**
   * Exchanges the token anew, unless somebody else has done it meanwhile.
   *
   * @param stillNeeded asked of the login as it is when nobody else can change it any more
   */
  Login renew(Predicate<Login> stillNeeded);

  /** Where it comes from, in words for a person. */
  String source();
}
