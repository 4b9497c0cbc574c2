package dev.osmo.local.workflow;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to see. Parameters that this API has no data for ({@code tags}, {@code app},
 * …) are accepted and ignored.
 *
 * @param users whose workflows; empty means everybody's
 */
record ListQuery(
    Set<String> users,
    @Nullable String name,
    Set<String> pools,
    Set<String> statuses,
    boolean newestFirst,
    int limit,
    int offset) {

  /** Throws {@link IllegalArgumentException} with a sentence for the client. */
  static ListQuery read(MultiMap parameters, String caller) {
    boolean allUsers = bool(parameters, "all_users");
    List<String> users = parameters.getAll("users");
    return new ListQuery(
        allUsers ? Set.of() : users.isEmpty() ? Set.of(caller) : Set.copyOf(users),
        parameters.get("name"),
        Set.copyOf(parameters.getAll("pools")),
        Set.copyOf(parameters.getAll("statuses")),
        newestFirst(parameters.get("order")),
        number(parameters, "limit", 20, 1, 1000),
        number(parameters, "offset", 0, 0, Integer.MAX_VALUE));
  }

  /** All that match, in the order asked for; the caller cuts the page. */
  Stream<Submission> select(List<Submission> oldestFirst) {
    List<Submission> ordered = newestFirst ? oldestFirst.reversed() : oldestFirst;
    return ordered.stream().filter(this::matches);
  }

  private boolean matches(Submission submission) {
    return (users.isEmpty() || users.contains(submission.user()))
        && (name == null || submission.id().contains(name))
        && (pools.isEmpty() || pools.contains(submission.pool()))
        && (statuses.isEmpty() || statuses.contains("PENDING"));
  }

  private static boolean newestFirst(@Nullable String order) {
    return switch (order == null ? "DESC" : order.toUpperCase(Locale.ROOT)) {
      case "DESC" -> true;
      case "ASC" -> false;
      default -> throw new IllegalArgumentException("order must be ASC or DESC.");
    };
  }

  /** Existing clients write {@code True} and {@code False}. */
  private static boolean bool(MultiMap parameters, String key) {
    String value = parameters.get(key);
    return switch (value == null ? "false" : value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(key + " must be True or False.");
    };
  }

  private static int number(MultiMap parameters, String key, int absent, int min, int max) {
    String value = parameters.get(key);
    if (value == null) {
      return absent;
    }
    if (!value.matches("[0-9]{1,9}")
        || Integer.parseInt(value) < min
        || Integer.parseInt(value) > max) {
      throw new IllegalArgumentException(
          "%s must be a number from %d to %d.".formatted(key, min, max));
    }
    return Integer.parseInt(value);
  }
}
