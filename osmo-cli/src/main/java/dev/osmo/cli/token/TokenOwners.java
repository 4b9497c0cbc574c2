package dev.osmo.cli.token;

import dev.osmo.cli.output.CommaList;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose tokens to list. The default is the user's own. */
class TokenOwners {
  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "List the tokens of this user; for administrators.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = {"-a", "--all-users"},
      description = "List the tokens of all users; for administrators.")
  private boolean all;

  @Option(
      names = "--owner",
      arity = "1..*",
      split = CommaList.SEPARATOR,
      splitSynopsisLabel = CommaList.LABEL,
      paramLabel = "USER",
      description = "List the tokens of these users in one list; for administrators.")
  private List<String> owners = new ArrayList<>();

  Optional<String> user() {
    return user;
  }

  boolean areSeveral() {
    return all || !owners.isEmpty();
  }

  /** Only the list over several users is paged. */
  ServerRequest request() {
    return areSeveral()
        ? OsmoApi.allTokens()
            .withAll("owner", owners)
            .with("limit", Integer.toString(Pages.LARGEST))
        : OsmoApi.tokens(user);
  }
}
