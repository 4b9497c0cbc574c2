package dev.osmo.token.races;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * One change of a user or of a token.
 *
 * @param token the name of the token, for steps on tokens
 * @param roles the roles of a new token, empty for all; or the one role that is assigned or removed
 */
record Step(Kind kind, String token, Set<String> roles) {

  enum Kind {
    CREATE_BY_USER,
    CREATE_BY_ADMINISTRATOR,
    REMOVE,
    GRANT,
    DELETE,
    ROTATE,
    SUSPEND,
    RESUME,
    PRUNE
  }

  private static final List<String> TOKENS = List.of("t0", "t1");

  /** The first four, which the invariants concern, are more frequent than the others. */
  static Step random(Random random, List<String> roles) {
    Kind[] kinds = Kind.values();
    int drawn = random.nextInt(kinds.length + 4);
    Kind kind = kinds[drawn < kinds.length ? drawn : drawn - kinds.length];
    String token = TOKENS.get(random.nextInt(TOKENS.size()));
    return new Step(kind, token, chosen(kind, random, roles));
  }

  String role() {
    return roles.iterator().next();
  }

  private static Set<String> chosen(Kind kind, Random random, List<String> roles) {
    return switch (kind) {
      case REMOVE, GRANT -> Set.of(roles.get(random.nextInt(roles.size())));
      case CREATE_BY_USER, CREATE_BY_ADMINISTRATOR -> {
        Set<String> some = new TreeSet<>();
        roles.stream().filter(role -> random.nextInt(3) == 0).forEach(some::add);
        yield some;
      }
      default -> Set.of();
    };
  }
}
