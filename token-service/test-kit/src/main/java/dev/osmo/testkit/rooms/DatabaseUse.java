package dev.osmo.testkit.rooms;

import dev.osmo.testkit.contracts.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which package uses which table, view and function of the schema: read from the SQL and the
 * entities in Java sources. The names come from the migrations.
 */
public final class DatabaseUse {

  private static final Pattern TABLE =
      Pattern.compile(
          "CREATE (?:OR REPLACE )?(?:TABLE|VIEW) (?:IF NOT EXISTS )?(?:osmo\\.)?(\\w+)");

  /** Created by the migration tool. */
  private static final String FLYWAY = "flyway_schema_history";

  private static final Pattern FUNCTION =
      Pattern.compile("CREATE (?:OR REPLACE )?FUNCTION (?:osmo\\.)?(\\w+)");
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
  private static final Pattern ENTITY =
      Pattern.compile("@Table\\(name = \"(\\w+)\"\\).*?class (\\w+)", Pattern.DOTALL);
  private static final Pattern TABLE_USE =
      Pattern.compile("\\b(?:FROM|JOIN|INTO|UPDATE)\\s+(\\w+)|\\b(\\w+Entity)\\b");
  private static final Pattern FUNCTION_USE = Pattern.compile("\\b(\\w+)\\(");

  private static final Path MIGRATIONS =
      Repository.path("token-service/src/main/resources/db/migration");

  private DatabaseUse() {}

  /** Packages by the name that they use. */
  public static SortedMap<String, Set<String>> read(Path sources) {
    return of(texts(sources, ".java"), texts(MIGRATIONS, ".sql"));
  }

  static SortedMap<String, Set<String>> of(List<String> sources, List<String> migrations) {
    Map<String, String> tables = new TreeMap<>(names(migrations, TABLE));
    tables.put(FLYWAY, FLYWAY);
    sources.stream()
        .flatMap(source -> ENTITY.matcher(source).results())
        .forEach(entity -> tables.put(entity.group(2), entity.group(1)));
    Map<String, String> functions = names(migrations, FUNCTION);
    SortedMap<String, Set<String>> packages = new TreeMap<>();
    for (String source : sources) {
      Stream.concat(used(source, TABLE_USE, tables), used(source, FUNCTION_USE, functions))
          .forEach(
              name -> packages.computeIfAbsent(name, n -> new TreeSet<>()).add(packageOf(source)));
    }
    return packages;
  }

  private static Map<String, String> names(List<String> migrations, Pattern created) {
    return migrations.stream()
        .flatMap(sql -> created.matcher(sql).results())
        .map(name -> name.group(1))
        .distinct()
        .collect(Collectors.toMap(name -> name, name -> name));
  }

  private static Stream<String> used(String source, Pattern use, Map<String, String> known) {
    return use.matcher(source)
        .results()
        .map(match -> match.group(match.group(1) == null ? 2 : 1))
        .filter(known::containsKey)
        .map(known::get);
  }

  private static String packageOf(String source) {
    return PACKAGE.matcher(source).results().map(room -> room.group(1)).findFirst().orElseThrow();
  }

  private static List<String> texts(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).map(DatabaseUse::text).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
