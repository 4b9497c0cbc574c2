package dev.osmo.cli.token;

import dev.osmo.cli.paging.Pages;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.token.address.TokenPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose tokens to list: one's own when nothing is said. */
class TokenOwners {
  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "List this user's tokens; for administrators.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = {"-a", "--all-users"},
      description = "List everybody's tokens; for administrators.")
  private boolean all;

  @Option(
      names = "--owner",
      arity = "1..*",
      paramLabel = "USER",
      description = "List the tokens of these users together; for administrators.")
  private List<String> owners = new ArrayList<>();

  Optional<String> user() {
    return user;
  }

  boolean areSeveral() {
    return all || !owners.isEmpty();
  }

  /** A list over many users comes in pages; one user's is one answer, as ever. */
  ServerRequest request() {
    return areSeveral()
        ? TokenPath.everybodys()
            .withAll("owner", owners)
            .with("limit", Integer.toString(Pages.LARGEST))
        : TokenPath.all(user);
  }
}
