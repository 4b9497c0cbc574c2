package dev.osmo.token.session;

import java.util.UUID;

/** The id of a session in a path. Another text is the id of a session that does not exist. */
record SessionId(UUID id) {

  private static final UUID NOBODY = new UUID(0, 0);

  /** Fails for nothing, so that a caller learns nothing from the form of an id. */
  static SessionId parse(String text) {
    try {
      return new SessionId(UUID.fromString(text));
    } catch (IllegalArgumentException malformed) {
      return new SessionId(NOBODY);
    }
  }
}
