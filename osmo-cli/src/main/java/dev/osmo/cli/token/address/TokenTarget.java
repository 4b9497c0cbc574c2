package dev.osmo.cli.token.address;

import dev.osmo.cli.server.ServerRequest;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One token as typed: by its name, its id or as {@code self}, and perhaps another user's. */
public class TokenTarget {
  @Parameters(
      paramLabel = "TOKEN",
      description = "Name of the token, its id pat_…, or self: the one behind the login.")
  private String name = "";

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "It is this user's token; for administrators.")
  private Optional<String> user = Optional.empty();

  /** As if typed. */
  public static TokenTarget of(String name, Optional<String> user) {
    TokenTarget target = new TokenTarget();
    target.name = name;
    target.user = user;
    return target;
  }

  public String name() {
    return name;
  }

  /** The request about the token itself. */
  public ServerRequest request(String method) {
    return TokenPath.one(method, user, new TokenName(name));
  }

  /** The request about one of its sides, or that does something to it. */
  public ServerRequest request(String method, String what) {
    return TokenPath.of(method, user, new TokenName(name), what);
  }

  /** For the end of a sentence: empty for one's own token. */
  public String forUser() {
    return user.map(id -> " for user " + id).orElse("");
  }

  /** For the end of a command line. */
  public String typed() {
    return name + user.map(id -> " --user " + id).orElse("");
  }
}
