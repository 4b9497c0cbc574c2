package dev.osmo.http.denial;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one reason, from which the sentence and the next commands follow.
 *
 * @param token the token's name; null in a session, in which the owner's own roles count
 * @param owner the token's owner
 * @param byOwner whether the reader is the owner; commands of an administrator name the user
 * @param since when the reason began to apply; null if unknown
 * @param by the user who caused it; null if nobody was signed in, or if unknown
 * @param because the text that a revocation stored, the required role of a 403, or when a
 *     rotated-out secret was presented again
 * @param removed the roles that the token lost, the latest removal first
 */
public record DenialFacts(
    DenialReason reason,
    @Nullable String token,
    String owner,
    boolean byOwner,
    @Nullable Instant since,
    @Nullable String by,
    @Nullable String because,
    List<RemovedRole> removed) {

  public DenialFacts {
    removed =
        removed.stream()
            .sorted(
                Comparator.comparing(RemovedRole::removedAt)
                    .reversed()
                    .thenComparing(RemovedRole::role))
            .toList();
  }

  public String message() {
    return switch (reason) {
      case OWNER_DISABLED ->
          "User " + owner + " was disabled" + byAndAt() + ". Ask an administrator.";
      case LEAK_REPORT, REVOKED ->
          "Access token "
              + token
              + " was revoked"
              + byAndAt()
              + (because == null ? "" : ": " + because)
              + ".";
      case EXPIRED -> "Access token " + token + " expired" + at() + ".";
      case SUSPENDED -> "Access token " + token + " was suspended" + byAndAt() + ".";
      case ROTATED_OUT ->
          "Access token "
              + token
              + " was rotated. Its earlier secret is not valid"
              + (since == null ? " any more" : " since " + seconds(since))
              + ". Use the text from the last rotation."
              + (because == null
                  ? ""
                  : " The earlier secret was presented again at "
                      + because
                      + ", which is a sign of theft.");
      case NO_ROLES_LEFT -> "Access token " + token + " has no roles left." + removals();
      case OWNER_MUST_SIGN_IN ->
          "User "
              + owner
              + " must sign in again"
              + (since == null ? "" : " since " + seconds(since))
              + ". The access tokens of the user are refused until then.";
      case ROLE_REMOVED ->
          because == null
              ? "Access token "
                  + token
                  + " lost "
                  + (removed.size() == 1 ? "a role." : "roles.")
                  + removals()
              : required()
                  + "."
                  + removals()
                  + (token == null ? "" : " Access token " + token + " does not get it back.");
      case ROLE_NEVER_HELD -> required() + ", which " + holder() + " never had.";
      case JWT_DOWNSCOPED ->
          required() + ". " + upper(holder()) + " has it, but this JWT was requested without it.";
    };
  }

  /** The commands to type, in order. Empty if no command of the reader helps. */
  public List<String> next() {
    return switch (reason) {
      case LEAK_REPORT, REVOKED, EXPIRED, NO_ROLES_LEFT ->
          List.of(command("osmo token delete "), command("osmo token set "));
      case SUSPENDED -> List.of(command("osmo token resume "));
      case OWNER_MUST_SIGN_IN -> byOwner ? List.of("osmo login") : List.of();
      case OWNER_DISABLED ->
          byOwner ? List.of() : List.of("osmo user update " + owner + " --enable");
      case ROLE_REMOVED ->
          because == null || token == null ? List.of() : List.of(command("osmo token explain "));
      case ROTATED_OUT, ROLE_NEVER_HELD, JWT_DOWNSCOPED -> List.of();
    };
  }

  private String holder() {
    return token == null ? "user " + owner : "access token " + token;
  }

  private static String upper(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private String command(String text) {
    return text + token + (byOwner ? "" : " --user " + owner);
  }

  private String required() {
    return "This requires the role " + because;
  }

  private String removals() {
    return removed.stream().map(this::removal).collect(Collectors.joining());
  }

  private String removal(RemovedRole role) {
    return " The role "
        + role.role()
        + " was removed from "
        + owner
        + " by "
        + role.removedBy()
        + " at "
        + seconds(role.removedAt())
        + ".";
  }

  private String byAndAt() {
    return (by == null ? "" : " by " + by) + at();
  }

  private String at() {
    return since == null ? "" : " at " + seconds(since);
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
