package dev.osmo.sample;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The filters, order and page of a list. Parameters that this API has no data for ({@code tags},
 * {@code app}, …) are accepted and ignored.
 *
 * @param users whose workflows; empty means those of all users
 */
record ListQuery(
    Set<String> users,
    @Nullable String name,
    Set<String> pools,
    Set<String> statuses,
    boolean newestFirst,
    int limit,
    int offset) {

  /** Throws {@link ProblemException} with a message for the client. */
  static ListQuery read(MultivaluedMap<String, String> parameters, String caller) {
    return new ListQuery(
        users(parameters, caller),
        parameters.getFirst("name"),
        values(parameters, "pools"),
        values(parameters, "statuses"),
        newestFirst(parameters.getFirst("order")),
        number(parameters, "limit", 20, 1, 1000),
        number(parameters, "offset", 0, 0, Integer.MAX_VALUE));
  }

  /** All matches in the requested order, before the page is cut. */
  Stream<Submission> select(List<Submission> oldestFirst) {
    List<Submission> ordered = newestFirst ? oldestFirst.reversed() : oldestFirst;
    return ordered.stream().filter(this::matches);
  }

  private boolean matches(Submission submission) {
    return (users.isEmpty() || users.contains(submission.user()))
        && (name == null || submission.id().contains(name))
        && (pools.isEmpty() || pools.contains(submission.pool()))
        && (statuses.isEmpty() || statuses.contains(Submission.STATUS));
  }

  private static Set<String> users(MultivaluedMap<String, String> parameters, String caller) {
    if (bool(parameters, "all_users")) {
      return Set.of();
    }
    Set<String> users = values(parameters, "users");
    return users.isEmpty() ? Set.of(caller) : users;
  }

  private static Set<String> values(MultivaluedMap<String, String> parameters, String key) {
    return Set.copyOf(parameters.getOrDefault(key, List.of()));
  }

  private static boolean newestFirst(@Nullable String order) {
    return switch (order == null ? "DESC" : order.toUpperCase(Locale.ROOT)) {
      case "DESC" -> true;
      case "ASC" -> false;
      default -> throw badRequest("order must be ASC or DESC.");
    };
  }

  /** Existing clients write {@code True} and {@code False}. */
  private static boolean bool(MultivaluedMap<String, String> parameters, String key) {
    String value = parameters.getFirst(key);
    return switch (value == null ? "false" : value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw badRequest(key + " must be True or False.");
    };
  }

  private static int number(
      MultivaluedMap<String, String> parameters, String key, int absent, int min, int max) {
    String value = parameters.getFirst(key);
    if (value == null) {
      return absent;
    }
    if (!value.matches("[0-9]{1,9}")
        || Integer.parseInt(value) < min
        || Integer.parseInt(value) > max) {
      throw badRequest("%s must be a number from %d to %d.".formatted(key, min, max));
    }
    return Integer.parseInt(value);
  }

  private static ProblemException badRequest(String detail) {
    return new ProblemException(ProblemType.BAD_REQUEST, detail);
  }
}
