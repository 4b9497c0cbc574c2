package dev.osmo.token.roles.assignment;

import dev.osmo.token.database.Row;
import dev.osmo.token.roles.RoleName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The effect of a removal on the user's tokens.
 *
 * @param held whether the user has the role; if not, a removal changes nothing
 * @param shrinking tokens that keep other roles
 * @param emptied tokens that would have no role left and could no longer be exchanged
 */
record RemovalPreview(
    String userId, String roleName, boolean held, List<Token> shrinking, List<Token> emptied) {

  /**
   * A token that carries the role.
   *
   * @param roles the roles that would be left
   */
  record Token(String id, String tokenName, List<String> roles) {

    static Token of(Row row) {
      return new Token(row.text("id"), row.text("name"), row.texts("roles"));
    }
  }

  static RemovalPreview of(String userId, RoleName role, boolean held, List<Token> tokens) {
    Map<Boolean, List<Token>> byEnd =
        tokens.stream().collect(Collectors.partitioningBy(token -> token.roles().isEmpty()));
    return new RemovalPreview(
        userId,
        role.value(),
        held,
        byEnd.getOrDefault(false, List.of()),
        byEnd.getOrDefault(true, List.of()));
  }
}
