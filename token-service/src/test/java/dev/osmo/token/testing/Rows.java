package dev.osmo.token.testing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every row of every table at one moment, for telling what a request changed. */
public record Rows(Set<String> all) {

  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'osmo' AND table_type = 'BASE TABLE'";

  public static Rows now() {
    String everything =
        People.query(TABLES).stream()
            .map(table -> "SELECT '" + table + " ' || t::text FROM osmo." + table + " t")
            .collect(Collectors.joining(" UNION ALL "));
    return new Rows(new HashSet<>(People.query(everything)));
  }

  /** The rows that are there now and were not, and those that were and are not. */
  public List<String> changes() {
    Set<String> later = now().all();
    return Stream.concat(
            later.stream().filter(row -> !all.contains(row)).map(row -> "+ " + row),
            all.stream().filter(row -> !later.contains(row)).map(row -> "- " + row))
        .toList();
  }
}
