package dev.osmo.local.system;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares what the page about capacity says of our SQL with the SQL of both services. */
class CapacityPageTest {
  private static final Path HOME = RunningStack.HOME;
  private static final List<Path> SQL =
      List.of(HOME.resolve("token-service"), HOME.resolve("auth-exchange-service"));
  private static final Pattern FUNCTION =
      Pattern.compile("\\b(pg_(?!temp\\b|catalog\\b)\\w+)\\s*\\(");

  /** They read the catalog, which every engine of the table has. */
  private static final Set<String> OF_THE_CATALOG = Set.of("pg_get_userbyid");

  @Test
  void every_function_of_the_server_that_we_call_is_in_the_table() throws IOException {
    Set<String> unnamed = new TreeSet<>(called());
    unnamed.removeAll(OF_THE_CATALOG);
    String page = page();
    unnamed.removeIf(page::contains);

    assertThat(called()).contains("pg_notify", "pg_current_xact_id", "pg_logical_emit_message");
    assertThat(unnamed).isEmpty();
  }

  @Test
  void the_table_names_no_function_that_we_do_not_call() throws IOException {
    Set<String> named =
        Pattern.compile("``(pg_\\w+)``")
            .matcher(page())
            .results()
            .map(MatchResult::group)
            .map(literal -> literal.replace("`", ""))
            .collect(toCollection(TreeSet::new));

    assertThat(named).isNotEmpty();
    assertThat(called()).containsAll(named);
  }

  @Test
  void the_other_constructs_of_the_table_are_in_our_sql() throws IOException {
    String sql = String.join("\n", sources());

    assertThat(page()).contains("SECURITY DEFINER", "SKIP LOCKED", "DEFERRABLE", "``xmin``");
    assertThat(sql)
        .contains("SECURITY DEFINER", "SKIP LOCKED", "DEFERRABLE", "xmin")
        .contains("FOR NO KEY UPDATE", "FOR SHARE", "ON DELETE CASCADE", "\"LISTEN \"");
    assertThat(sql).doesNotContain("CREATE EXTENSION", "PARTITION BY", "EXCLUDE USING");
  }

  private static String page() throws IOException {
    return Files.readString(HOME.resolve("src-docs/operator/capacity.rst"));
  }

  private static Set<String> called() {
    return sources().stream()
        .flatMap(source -> FUNCTION.matcher(source).results())
        .map(found -> found.group(1))
        .collect(toCollection(TreeSet::new));
  }

  /** The migrations and the main sources of both services, without those of the tests. */
  private static List<String> sources() {
    return SQL.stream().flatMap(CapacityPageTest::sources).toList();
  }

  private static Stream<String> sources(Path module) {
    try (Stream<Path> files = Files.walk(module)) {
      return files.filter(CapacityPageTest::isMain).map(CapacityPageTest::read).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMain(Path file) {
    String path = HOME.relativize(file).toString();
    return path.contains("src/main/")
        && !path.contains("test-kit/")
        && (path.endsWith(".sql") || path.endsWith(".java"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
