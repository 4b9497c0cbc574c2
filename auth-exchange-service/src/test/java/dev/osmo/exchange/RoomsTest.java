package dev.osmo.exchange;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.osmo.testkit.contracts.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules between the packages. */
class RoomsTest {

  private static final String ROOT = "dev.osmo.exchange";
  private static final Path SOURCES = Path.of("src/main/java/dev/osmo/exchange");

  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** What only these rooms may use. */
  record Wall(DescribedPredicate<JavaClass> secret, List<String> rooms) {

    static Wall around(DescribedPredicate<JavaClass> secret, String... rooms) {
      return new Wall(secret, List.of(rooms));
    }

    ArchRule rule() {
      return rule(rooms);
    }

    ArchRule rule(List<String> allowed) {
      String[] packages = allowed.stream().map(room -> ROOT + "." + room).toArray(String[]::new);
      return noClasses()
          .that(DescribedPredicate.not(resideInAnyPackage(packages)))
          .should()
          .dependOnClassesThat(secret);
    }
  }

  static Stream<Wall> walls() {
    return Stream.of(
        Wall.around(named("java.security.PrivateKey"), "jwt", "jwt.material"),
        Wall.around(named(ROOT + ".jwt.material.KeyEncryptionKey"), "jwt.material", "jwt.keys"),
        Wall.around(named(ROOT + ".jwt.material.SigningKey"), "jwt", "jwt.material", "jwt.keys"),
        Wall.around(resideInAPackage("io.smallrye.jwt.."), "jwt"),
        Wall.around(resideInAPackage("org.jose4j.."), "jwt", "jwt.material", "jwt.keys"),
        Wall.around(resideInAPackage("de.mkammerer.."), "pat.verification"),
        Wall.around(resideInAPackage("io.vertx.pgclient.pubsub.."), "prune"),
        Wall.around(resideInAPackage("io.vertx.pgclient.."), "database", "prune"),
        Wall.around(
            named(
                "io.vertx.mutiny.sqlclient.Pool",
                "io.vertx.sqlclient.Pool",
                "io.vertx.mutiny.sqlclient.SqlConnection"),
            "database",
            "jwt.keys"));
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    return DescribedPredicate.describe(
        String.join(", ", names), type -> List.of(names).contains(type.getName()));
  }

  /** Which rooms may name which table, view or function of the database in their SQL. */
  private static final Map<String, Set<String>> OWNERS =
      Map.ofEntries(
          Map.entry("access_token", Set.of("pat")),
          Map.entry("access_token_secret", Set.of("pat")),
          Map.entry("users", Set.of("pat")),
          Map.entry("effective_roles", Set.of("pat")),
          Map.entry("usable_secret", Set.of("pat")),
          Map.entry("pepper_in_use", Set.of("pat")),
          Map.entry("revoke_secret", Set.of("pat")),
          Map.entry("record_use", Set.of("lastuse")),
          Map.entry("role_removal", Set.of("prune")),
          Map.entry("prune_removals", Set.of("prune")),
          Map.entry("signing_key", Set.of("jwt.keys", "start")),
          Map.entry("flyway_schema_history", Set.of("database")));

  private static final Pattern TEXT =
      Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);
  private static final Pattern SQL = Pattern.compile("\\b(SELECT|INSERT|UPDATE|DELETE|CALL)\\b");
  private static final Pattern CREATED =
      Pattern.compile("CREATE (?:OR REPLACE )?(?:TABLE|VIEW|FUNCTION) (?:IF NOT EXISTS )?(\\w+)");
  private static final Pattern WORD = Pattern.compile("[a-z_]+");

  @Test
  void packages_have_no_cycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(SERVICE);
  }

  @Test
  void every_package_is_null_marked() {
    List<String> unmarked =
        SERVICE.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(room -> !room.getClasses().isEmpty())
            .filter(room -> !room.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();

    assertThat(unmarked).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("walls")
  void only_the_rooms_of_a_wall_use_what_is_behind_it(Wall wall) {
    wall.rule().check(SERVICE);
  }

  /** Without an allowed room each rule must fail, or it would watch for something unused. */
  @ParameterizedTest
  @MethodSource("walls")
  void a_violation_of_each_rule_is_detected(Wall wall) {
    assertThat(wall.rule(List.of("nowhere")).evaluate(SERVICE).hasViolation()).isTrue();
  }

  @Test
  void use_cases_and_rules_do_not_know_http() {
    httpOutside(".*(Resource|View|PublicDocument)").check(SERVICE);

    assertThat(httpOutside(".*View").evaluate(SERVICE).hasViolation()).isTrue();
  }

  private static ArchRule httpOutside(String names) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".http..", ROOT + ".problem..")
        .and()
        .haveNameNotMatching(names)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.ws.rs..", "org.jboss.resteasy..");
  }

  @Test
  void only_the_owning_rooms_name_a_table_in_sql() {
    Set<String> relations = relations();

    List<String> breaches =
        sources()
            .flatMap(source -> breaches(roomOf(source), read(source), relations).stream())
            .toList();

    assertThat(breaches).isEmpty();
    assertThat(relations).containsAll(OWNERS.keySet());
  }

  @Test
  void sql_in_a_room_that_does_not_own_the_table_is_detected() {
    Set<String> relations = relations();
    String keys = "String KEYS = \"SELECT kid FROM signing_key\";";
    String block = "String USES = \"\"\"\n  SELECT token_id\n    FROM access_token_use\n\"\"\";";

    assertThat(breaches("jwt.keys", keys, relations)).isEmpty();
    assertThat(breaches("pat", keys, relations)).containsExactly("pat: signing_key");
    assertThat(breaches("pat", block, relations)).containsExactly("pat: access_token_use");
    assertThat(breaches("pat", "/** Not {@code signing_key}. */", relations)).isEmpty();
  }

  private static Set<String> breaches(String room, String source, Set<String> relations) {
    return TEXT.matcher(source)
        .results()
        .map(text -> text.group())
        .filter(text -> SQL.matcher(text).find())
        .flatMap(text -> WORD.matcher(text).results().map(MatchResult::group))
        .filter(relations::contains)
        .filter(relation -> !OWNERS.getOrDefault(relation, Set.of()).contains(room))
        .map(relation -> room + ": " + relation)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every table, view and function that a migration creates, and the migrations' own table. */
  private static Set<String> relations() {
    Set<String> relations = new TreeSet<>(Set.of("flyway_schema_history"));
    try (Stream<Path> migrations =
        Files.list(Repository.path("token-service/src/main/resources/db/migration"))) {
      migrations
          .flatMap(migration -> CREATED.matcher(read(migration)).results())
          .forEach(created -> relations.add(created.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return relations;
  }

  private static Stream<Path> sources() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String roomOf(Path source) {
    return SOURCES.relativize(source.getParent()).toString().replace('/', '.');
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
