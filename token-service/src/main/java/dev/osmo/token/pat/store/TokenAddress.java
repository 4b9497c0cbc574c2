package dev.osmo.token.pat.store;

import dev.osmo.token.caller.CallerIdentity;
import dev.osmo.token.caller.CallingPat;
import dev.osmo.token.input.AsciiCase;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * How a path names a token: by name, by id, or as {@code self}, the calling token. Names cannot
 * look like the other two. In a session, {@code self} is the name of no token.
 *
 * @param shown as the caller wrote it
 */
public record TokenAddress(Kind kind, String value, String shown) {

  enum Kind {
    NAME,
    ID
  }

  public static TokenAddress of(String text, CallerIdentity caller) {
    Optional<CallingPat> self = caller.pat().filter(pat -> AsciiCase.equal(text, "self"));
    if (self.isPresent()) {
      return new TokenAddress(Kind.ID, self.get().id(), text);
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
