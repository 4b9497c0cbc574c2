package dev.osmo.sample;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The filters, order and page of a list.
 *
 * @param users whose workflows; empty means those of all users
 * @param priorities empty: any; the same holds for the other sets
 * @param labels each label must match all its selectors
 * @param noLabels labels that a workflow must not have
 * @param submittedAfter the first moment that is included
 * @param submittedBefore the first moment that is not
 */
record ListQuery(
    Set<String> users,
    @Nullable String name,
    Set<String> pools,
    Set<String> statuses,
    Set<String> priorities,
    Map<String, List<Pattern>> labels,
    List<String> noLabels,
    Instant submittedAfter,
    Instant submittedBefore,
    boolean newestFirst,
    int limit,
    int offset) {
  private static final Set<String> LISTS =
      Set.of("users", "pools", "statuses", "priority", "label", "no_label");
  private static final Set<String> KNOWN =
      Stream.concat(
              LISTS.stream(),
              Stream.of(
                  "name",
                  "order",
                  "all_users",
                  "all_pools",
                  "limit",
                  "offset",
                  "submitted_after",
                  "submitted_before"))
          .collect(Collectors.toUnmodifiableSet());

  /** Throws {@link ProblemException} with a message for the client. */
  static ListQuery read(MultivaluedMap<String, String> parameters, String caller) {
    for (String unsupported : List.of("tags", "app")) {
      if (parameters.containsKey(unsupported)) {
        throw Query.badRequest("Workflows have no " + unsupported + " in this API.");
      }
    }
    Query query = new Query(parameters);
    query.requireKnown(KNOWN, LISTS);
    return new ListQuery(
        users(query, caller),
        query.values("name").stream().findFirst().orElse(null),
        query.bool("all_pools") ? Set.of() : Set.copyOf(query.values("pools")),
        Set.copyOf(query.values("statuses")),
        query.values("priority").stream()
            .map(SubmitParameters::priority)
            .collect(Collectors.toSet()),
        Labels.selectors(query.values("label")),
        query.values("no_label"),
        time(query, "submitted_after", Instant.MIN),
        time(query, "submitted_before", Instant.MAX),
        newestFirst(query.first("order", "DESC")),
        query.number("limit", 20, 1, 1000),
        query.number("offset", 0, 0, Integer.MAX_VALUE));
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
        && (statuses.isEmpty() || statuses.contains(Submission.STATUS))
        && (priorities.isEmpty() || priorities.contains(submission.priority()))
        && labels.entrySet().stream()
            .allMatch(label -> matchesAll(submission, label.getKey(), label.getValue()))
        && noLabels.stream().noneMatch(submission.labels()::containsKey)
        && !submission.submittedAt().isBefore(submittedAfter)
        && submission.submittedAt().isBefore(submittedBefore);
  }

  private static boolean matchesAll(Submission submission, String key, List<Pattern> selectors) {
    String value = submission.labels().get(key);
    return value != null && selectors.stream().allMatch(one -> one.matcher(value).matches());
  }

  private static Set<String> users(Query query, String caller) {
    if (query.bool("all_users")) {
      return Set.of();
    }
    Set<String> users = Set.copyOf(query.values("users"));
    return users.isEmpty() ? Set.of(caller) : users;
  }

  private static Instant time(Query query, String parameter, Instant absent) {
    if (!query.parameters().containsKey(parameter)) {
      return absent;
    }
    try {
      return instant(query.first(parameter, ""));
    } catch (DateTimeException e) {
      throw Query.badRequest(
          parameter + " must be a date or a time such as 2027-01-01T00:00:00, in UTC.");
    }
  }

  /** A date, a time in UTC without a zone, as existing clients write it, or a time with a zone. */
  private static Instant instant(String text) {
    if (!text.contains("T")) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  private static boolean newestFirst(String order) {
    return switch (order.toUpperCase(Locale.ROOT)) {
      case "DESC" -> true;
      case "ASC" -> false;
      default -> throw Query.badRequest("order must be ASC or DESC.");
    };
  }
}
