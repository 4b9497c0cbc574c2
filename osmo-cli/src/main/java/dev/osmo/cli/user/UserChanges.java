package dev.osmo.cli.user;

import dev.osmo.cli.server.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What shall become of a user. Rights are given before any are taken. */
class UserChanges {
  /** A request, and what can be said once it was answered. */
  record Change(ServerRequest request, String done) {}

  /** At most one of the two. */
  static class Ability {
    @Option(
        names = "--disable",
        description = "Let no token and no login of the user work any more.")
    private boolean disable;

    @Option(names = "--enable", description = "Let them work again.")
    private boolean enable;
  }

  @Option(
      names = {"-a", "--add-roles", "--add-role"},
      arity = "1..*",
      paramLabel = "ROLE",
      description = "Roles to grant.")
  private List<String> granted = new ArrayList<>();

  @Option(
      names = {"-r", "--remove-roles", "--remove-role"},
      arity = "1..*",
      paramLabel = "ROLE",
      description = "Roles to take away, from the user and from all of the user's tokens.")
  private List<String> removed = new ArrayList<>();

  @ArgGroup private Ability ability = new Ability();

  boolean areNone() {
    return granted.isEmpty() && removed.isEmpty() && !ability.disable && !ability.enable;
  }

  List<String> removed() {
    return List.copyOf(removed);
  }

  List<Change> of(String id) {
    List<Change> changes = new ArrayList<>();
    if (ability.enable) {
      changes.add(new Change(UserPath.side("POST", id, "enable"), "User enabled: " + id));
    }
    granted.forEach(
        role -> changes.add(new Change(UserPath.grant(id, role), "Added role: " + role)));
    removed.forEach(
        role -> changes.add(new Change(UserPath.remove(id, role), "Removed role: " + role)));
    if (ability.disable) {
      changes.add(new Change(UserPath.side("POST", id, "disable"), "User disabled: " + id));
    }
    return changes;
  }
}
