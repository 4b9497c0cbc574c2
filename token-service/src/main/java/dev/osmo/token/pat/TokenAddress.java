package dev.osmo.token.pat;

import dev.osmo.token.caller.CallerIdentity;
import java.util.Locale;

/**
 * How a path names a token: by its name, by its id, or as the one behind the login. Names cannot
 * look like the other two.
 *
 * @param shown as the caller wrote it
 */
record TokenAddress(Kind kind, String value, String shown) {

  enum Kind {
    NAME,
    ID
  }

  static TokenAddress of(String text, CallerIdentity caller) {
    if (text.equalsIgnoreCase("self")) {
      return new TokenAddress(Kind.ID, caller.pat().id(), text);
    }
    boolean isId = text.toLowerCase(Locale.ROOT).startsWith("pat_");
    return new TokenAddress(isId ? Kind.ID : Kind.NAME, text, text);
  }
}
