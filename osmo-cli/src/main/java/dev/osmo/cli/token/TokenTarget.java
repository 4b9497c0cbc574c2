package dev.osmo.cli.token;

import dev.osmo.cli.server.OsmoApi;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One token as typed: by its name, its id or as {@code self}, optionally another user's. */
class TokenTarget {
  private static final String OWN = "self";

  @Parameters(
      paramLabel = "TOKEN",
      description = "Name of the token, its id pat_…, or self: the token of the context in use.")
  private String name = "";

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "The owner of the token; for administrators.")
  private Optional<String> user = Optional.empty();

  static TokenTarget of(String name, Optional<String> user) {
    TokenTarget target = new TokenTarget();
    target.name = name;
    target.user = user;
    return target;
  }

  String name() {
    return name;
  }

  /**
   * The routes of the token.
   *
   * @throws Failure if the name is not valid
   */
  OsmoApi.Token api() {
    return new OsmoApi.Token(user, new TokenName(name).text());
  }

  /** Whether this is the token of the caller with this id and name, in any spelling. */
  boolean isToken(String id, String itsName, String owner) {
    boolean named =
        name.equals(OWN) || name.equals(id) || (!name.isEmpty() && name.equalsIgnoreCase(itsName));
    return named && user.filter(other -> !other.equals(owner)).isEmpty();
  }

  /** For the end of a sentence: empty for the user's own token. */
  String forUser() {
    return user.map(id -> " for user " + id).orElse("");
  }

  /** For the end of a command line. */
  String typed() {
    return name + user.map(id -> " --user " + id).orElse("");
  }
}
