package dev.osmo.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.CommaList;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The changes to a user. Roles are assigned before any are removed. */
class UserChanges {
  /** A request, and the line to print for its response. */
  record Change(ServerRequest request, Function<JsonNode, String> done) {
    Change(ServerRequest request, String done) {
      this(request, response -> done);
    }
  }

  /** At most one of the two. */
  static class Ability {
    @Option(
        names = "--disable",
        description = "Disable the user: no token and no session of the user works.")
    private boolean disable;

    @Option(
        names = "--enable",
        description = "Enable the user again, if the directory has not disabled the user, too.")
    private boolean enable;
  }

  @Option(
      names = "--overrule-directory",
      description = "With --enable: also if the directory has disabled the user.")
  private boolean overrule;

  @Option(
      names = {"-a", "--add-roles", "--add-role"},
      arity = "1..*",
      split = CommaList.SEPARATOR,
      splitSynopsisLabel = CommaList.LABEL,
      paramLabel = "ROLE",
      description = "Roles to assign.")
  private List<String> added = new ArrayList<>();

  @Option(
      names = {"-r", "--remove-roles", "--remove-role"},
      arity = "1..*",
      split = CommaList.SEPARATOR,
      splitSynopsisLabel = CommaList.LABEL,
      paramLabel = "ROLE",
      description = "Roles to remove from the user and from all of the user's tokens.")
  private List<String> removed = new ArrayList<>();

  @ArgGroup private Ability ability = new Ability();

  boolean areNone() {
    return added.isEmpty() && removed.isEmpty() && !ability.disable && !ability.enable;
  }

  List<String> removed() {
    return List.copyOf(removed);
  }

  List<Change> of(String id) {
    OsmoApi.User user = new OsmoApi.User(id);
    List<Change> changes = new ArrayList<>();
    requireEnableToOverrule();
    if (ability.enable) {
      ServerRequest request = overrule ? user.overruleDirectory() : user.enable();
      changes.add(new Change(request, response -> enabled(response, id)));
    }
    added.forEach(role -> changes.add(new Change(user.assign(role), "Added role: " + role)));
    removed.forEach(role -> changes.add(new Change(user.remove(role), "Removed role: " + role)));
    if (ability.disable) {
      changes.add(new Change(user.disable(), "User disabled: " + id));
    }
    return changes;
  }

  private void requireEnableToOverrule() {
    if (overrule && !ability.enable) {
      throw Failure.of(ExitCode.USER_ERROR, "--overrule-directory needs --enable", "");
    }
  }

  /** A script must not take the user for enabled. */
  private static String enabled(JsonNode user, String id) {
    if (user.path("disabled_at").isTextual()) {
      throw Failure.of(
          ExitCode.STAYS_DISABLED,
          "User stays disabled: the directory has disabled " + id,
          "To enable the user anyway, add --overrule-directory.");
    }
    return "User enabled: " + id;
  }
}
