package dev.osmo.token.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement whose named parameters are replaced by PostgreSQL's placeholders. A name that occurs
 * again has the same placeholder.
 *
 * @param names the parameters, in the order of the placeholders
 */
record PositionalSql(String text, List<String> names) {

  /** Not the second colon of {@code ::}. */
  private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z_]+)");

  /** Statements are constants, so there are few. */
  private static final Map<String, PositionalSql> KNOWN = new ConcurrentHashMap<>();

  PositionalSql {
    names = List.copyOf(names);
  }

  static PositionalSql of(String sql) {
    return KNOWN.computeIfAbsent(sql, PositionalSql::translate);
  }

  private static PositionalSql translate(String sql) {
    List<String> names = new ArrayList<>();
    String text =
        PARAMETER
            .matcher(sql)
            .replaceAll(found -> Matcher.quoteReplacement("$" + place(names, found.group(1))));
    return new PositionalSql(text, names);
  }

  private static int place(List<String> names, String name) {
    if (!names.contains(name)) {
      names.add(name);
    }
    return names.indexOf(name) + 1;
  }
}
