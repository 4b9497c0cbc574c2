package dev.osmo.token.openapi;

/** Who may use a route, and on whose things. */
enum Rule {
  /**
   * The path names a token of the caller: nobody reaches somebody else's, not even whether it is
   * there.
   */
  OWN_TOKEN,
  /** Whatever it does is about the caller. */
  OWN,
  /** Administrators; everybody else is refused before anything is looked up. */
  ADMINISTRATOR,
  /** The same for everybody who is logged in. */
  ANY_LOGIN,
  /** The same for everybody. */
  PUBLIC
}
