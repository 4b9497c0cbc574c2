package dev.osmo.token.pat.store;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.input.AsciiCase;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * How a path names a token: by name, by id, or as {@code self}, the calling token. Names cannot
 * look like the other two.
 *
 * @param shown as the caller wrote it
 */
public record TokenAddress(Kind kind, String value, String shown) {

  enum Kind {
    NAME,
    ID
  }

  public static TokenAddress of(String text, CallerIdentity caller) {
    if (AsciiCase.equal(text, "self")) {
      return new TokenAddress(Kind.ID, caller.pat().id(), text);
    }
    boolean isId = AsciiCase.lower(text).startsWith("pat_");
    return new TokenAddress(isId ? Kind.ID : Kind.NAME, text, text);
  }

  public Uni<Optional<TokenRow>> in(Tokens tokens, String ownerId) {
    return switch (kind) {
      case ID -> tokens.byId(ownerId, value);
      case NAME -> tokens.byName(ownerId, value);
    };
  }
}
