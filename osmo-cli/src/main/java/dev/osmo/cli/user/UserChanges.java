package dev.osmo.cli.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.CommaList;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The changes to a user. Roles are assigned before any are removed. */
class UserChanges {
  private static final String ROLE_REMOVED = "X-Osmo-Role-Removed";

  /** A request, and the line to print for its successful response. */
  record Change(ServerRequest request, Function<ServerResponse, String> done) {
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

  /**
   * The changes to this user.
   *
   * @param requireRole fails if there is no such role
   */
  List<Change> of(String id, Consumer<String> requireRole) {
    OsmoApi.User user = new OsmoApi.User(id);
    List<Change> changes = new ArrayList<>();
    requireEnableToOverrule();
    if (ability.enable) {
      ServerRequest request = overrule ? user.overruleDirectory() : user.enable();
      changes.add(new Change(request, response -> enabled(response.json(), id)));
    }
    added.forEach(role -> changes.add(new Change(user.assign(role), "Added role: " + role)));
    removed.forEach(
        role ->
            changes.add(
                new Change(user.remove(role), done -> removed(done, id, role, requireRole))));
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

  /** The server accepts the removal of any name, also of one that is mistyped. */
  private static String removed(
      ServerResponse response, String id, String role, Consumer<String> requireRole) {
    if (response.header(ROLE_REMOVED).equals(Optional.of("false"))) {
      requireRole.accept(role);
      return "User " + id + " did not have role: " + role;
    }
    return "Removed role: " + role;
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
