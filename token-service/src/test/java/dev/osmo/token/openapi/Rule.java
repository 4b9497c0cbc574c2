package dev.osmo.token.openapi;

/** Who may use a route, and for whose data. */
enum Rule {
  /**
   * The path names a token of the caller. Tokens of others cannot be distinguished from missing
   * ones.
   */
  OWN_TOKEN,
  /** The route concerns the caller only. */
  OWN,
  /** Only administrators. All others are refused before anything is read. */
  ADMINISTRATOR,
  /**
   * The path names a user. Only that user and administrators. All others are refused before
   * anything is read.
   */
  OWN_OR_ADMINISTRATOR,
  /** The same answer for every login. */
  ANY_LOGIN,
  /** The body has an ID token, which is the credential. */
  ID_TOKEN,
  /** The same answer for everybody, without a login. */
  PUBLIC
}
