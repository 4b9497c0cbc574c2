package dev.osmo.exchange;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.osmo.testkit.rooms.DatabaseUse;
import dev.osmo.testkit.rooms.Packages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules between the packages. */
class RoomsTest {

  private static final String ROOT = "dev.osmo.exchange";

  private static final Packages PACKAGES = Packages.below(ROOT);
  private static final JavaClasses SERVICE = PACKAGES.classes();

  /** What only these packages may use. */
  record Wall(DescribedPredicate<JavaClass> secret, List<String> packages) {

    static Wall around(DescribedPredicate<JavaClass> secret, String... packages) {
      return new Wall(secret, List.of(packages));
    }

    ArchRule rule() {
      return rule(packages);
    }

    ArchRule rule(List<String> allowed) {
      String[] packages = allowed.stream().map(name -> ROOT + "." + name).toArray(String[]::new);
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
        Wall.around(named(ROOT + ".jwt.material.RefreshTokenKey"), "jwt.material", "signin"),
        Wall.around(named("io.vertx.core.http.HttpClient"), "outgoing"),
        Wall.around(named(ROOT + ".outgoing.OutgoingHttp"), "outgoing", "provider", "signin"),
        Wall.around(named(ROOT + ".jwt.material.SigningKey"), "jwt", "jwt.material", "jwt.keys"),
        Wall.around(resideInAPackage("io.smallrye.jwt.."), "jwt"),
        Wall.around(resideInAPackage("org.jose4j.."), "jwt", "jwt.material", "jwt.keys"),
        Wall.around(resideInAPackage("de.mkammerer.."), "pat.verification"),
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

  /** Tables, views and functions of the schema, and the only packages that use them. */
  private static final Map<String, Set<String>> DATABASE_USE =
      Map.ofEntries(
          Map.entry("access_token", inRoot("pat")),
          Map.entry("access_token_secret", inRoot("pat")),
          Map.entry("users", inRoot("pat")),
          Map.entry("effective_roles", inRoot("pat")),
          Map.entry("usable_secret", inRoot("pat")),
          Map.entry("pepper_check", inRoot("pat")),
          Map.entry("pepper_in_use", inRoot("pat")),
          Map.entry("revoke_secret", inRoot("pat")),
          Map.entry("record_use", inRoot("lastuse")),
          Map.entry("require_primary", inRoot("jwt.keys", "pat", "session", "start")),
          Map.entry("last_changes", inRoot("pat")),
          Map.entry("removed_role", inRoot("pat")),
          Map.entry("record_reuse", inRoot("pat")),
          Map.entry("usable_session", inRoot("session")),
          Map.entry("login_session", inRoot("session")),
          Map.entry("role_assignment", inRoot("session")),
          Map.entry("end_session", inRoot("session")),
          Map.entry("role_removal", inRoot("prune")),
          Map.entry("prune_removals", inRoot("prune")),
          Map.entry("signing_key", inRoot("jwt.keys", "start")),
          Map.entry("flyway_schema_history", inRoot("database")));

  @Test
  void packages_have_no_cycles() {
    PACKAGES.haveNoCycles();
  }

  @Test
  void every_package_is_null_marked() {
    PACKAGES.areNullMarked();
  }

  @ParameterizedTest
  @MethodSource("walls")
  void only_the_packages_of_a_wall_use_what_it_protects(Wall wall) {
    wall.rule().check(SERVICE);
  }

  /**
   * Without an allowed package each rule must fail; otherwise it would protect something unused.
   */
  @ParameterizedTest
  @MethodSource("walls")
  void a_violation_of_each_rule_is_detected(Wall wall) {
    assertThat(wall.rule(List.of("nowhere")).evaluate(SERVICE).hasViolation()).isTrue();
  }

  @Test
  void use_cases_and_rules_do_not_use_http() {
    httpOutside(".*(Resource|View|PublicDocument|CrossOriginReads)").check(SERVICE);

    assertThat(httpOutside(".*View").evaluate(SERVICE).hasViolation()).isTrue();
  }

  private static ArchRule httpOutside(String names) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".problem..")
        .and()
        .haveNameNotMatching(names)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.ws.rs..", "org.jboss.resteasy..");
  }

  @Test
  void each_table_and_function_is_used_only_by_its_packages() {
    assertThat(DatabaseUse.read(Path.of("src/main/java"))).isEqualTo(DATABASE_USE);
  }

  private static Set<String> inRoot(String... names) {
    return Stream.of(names).map(name -> ROOT + "." + name).collect(Collectors.toSet());
  }
}
