package dev.osmo.sample;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The query parameters of a request. What cannot be read is refused, as are unknown names. */
record Query(MultivaluedMap<String, String> parameters) {

  /** Refuses unknown parameters, and several values of those that are not lists. */
  void requireKnown(Set<String> known, Set<String> lists) {
    Set<String> unknown = new TreeSet<>(parameters.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw badRequest(
          "Unknown parameter. Known parameters: " + String.join(", ", new TreeSet<>(known)) + ".");
    }
    parameters.forEach(
        (name, values) -> {
          if (values.size() > 1 && !lists.contains(name)) {
            throw badRequest("The parameter " + name + " is repeated.");
          }
        });
  }

  List<String> values(String name) {
    return List.copyOf(parameters.getOrDefault(name, List.of()));
  }

  String first(String name, String absent) {
    List<String> values = values(name);
    return values.isEmpty() ? absent : values.getFirst();
  }

  /** Existing clients write {@code True} and {@code False}. */
  boolean bool(String name) {
    return switch (first(name, "false").toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw badRequest(name + " must be True or False.");
    };
  }

  int number(String name, int absent, int min, int max) {
    String value = first(name, Integer.toString(absent));
    if (!value.matches("[0-9]{1,10}")
        || Long.parseLong(value) < min
        || Long.parseLong(value) > max) {
      throw badRequest("%s must be a number from %d to %d.".formatted(name, min, max));
    }
    return Integer.parseInt(value);
  }

  static ProblemException badRequest(String detail) {
    return new ProblemException(ProblemType.BAD_REQUEST, detail);
  }
}
