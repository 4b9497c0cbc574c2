package dev.osmo.token;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.osmo.pat.PatText;
import dev.osmo.testkit.rooms.DatabaseUse;
import dev.osmo.testkit.rooms.Packages;
import dev.osmo.token.minting.Mint;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules between the packages. */
class RoomsTest {

  private static final String ROOT = "dev.osmo.token";

  private static final Packages PACKAGES = Packages.below(ROOT);
  private static final JavaClasses CLASSES = PACKAGES.classes();

  @Test
  void packages_have_no_cycles() {
    PACKAGES.haveNoCycles();
  }

  @Test
  void every_package_is_null_marked() {
    PACKAGES.areNullMarked();
  }

  @Test
  void minting_uses_neither_the_database_nor_http() {
    noClasses()
        .that(resideInAPackage(ROOT + ".minting"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.hibernate..",
            "jakarta.persistence..",
            "jakarta.ws.rs..",
            "io.quarkus.hibernate..",
            "io.vertx.ext..",
            "java.sql..")
        .check(CLASSES);
  }

  /** Anyone may send a leak report, so it may cost a lookup but never a hash. */
  @Test
  void leak_reports_never_hash() {
    noClasses()
        .that(resideInAPackage(ROOT + ".leak"))
        .should()
        .callMethod(Mint.class, "mint")
        .orShould()
        .callMethod(Mint.class, "mint", PatText.class)
        .check(CLASSES);
  }

  @Test
  void only_minting_runs_argon2_and_reads_peppers() {
    noClasses()
        .that(resideOutsideOfPackage(ROOT + ".minting"))
        .should()
        .dependOnClassesThat(resideInAPackage("de.mkammerer.."))
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.osmo.pat.Peppers")
        .check(CLASSES);
  }

  /**
   * A native statement is a constant with named parameters, and NativeQuery is the one way to run
   * it.
   */
  @Test
  void only_the_database_package_uses_the_session() {
    noClasses()
        .that(resideOutsideOfPackage(ROOT + ".database"))
        .should()
        .dependOnClassesThat(resideInAPackage("org.hibernate.reactive.."))
        .check(CLASSES);
  }

  /** Signatures and claims are read in one place; everything else sees verified claims. */
  @Test
  void only_caller_uses_jwt_libraries() {
    noClasses()
        .that(resideOutsideOfPackage(ROOT + ".caller"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.smallrye.jwt..", "org.jose4j..", "org.eclipse.microprofile.jwt..")
        .check(CLASSES);
  }

  /** A resource translates and delegates: use cases own sessions and transactions. */
  @Test
  void resources_use_neither_panache_nor_entities() {
    noClasses()
        .that()
        .areAnnotatedWith(Path.class)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.quarkus.hibernate..", "org.hibernate..", "jakarta.persistence..")
        .orShould()
        .dependOnClassesThat()
        .areAnnotatedWith(Entity.class)
        .check(CLASSES);
  }

  /** The rules that stand beside the use case they decide. */
  private static final Set<String> RULES =
      inRoot(
          "pat.create.Creation",
          "pat.create.RequestedRoles",
          "pat.rotate.RenewedExpiry",
          "pat.rotate.RequestedGrace",
          "pat.rotate.Rotation",
          "pat.store.CallerLimit",
          "pat.store.TokenState");

  /** Facts and a time in, a decision out: whatever decides can be tested without a service. */
  @Test
  void rules_use_neither_mutiny_nor_http_nor_the_database() {
    assertThat(RULES).allMatch(CLASSES::contain);
    noClasses()
        .that(
            resideInAPackage(ROOT + ".pat.rules")
                .or(describe("decide", type -> RULES.contains(type.getName()))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.smallrye.mutiny..",
            "io.vertx..",
            "io.quarkus..",
            "jakarta.ws.rs..",
            "jakarta.persistence..",
            "org.hibernate..",
            "java.net..")
        .check(CLASSES);
  }

  /** Tables, views and functions of the schema, and the only packages that use them. */
  private static final Map<String, Set<String>> DATABASE_USE =
      Map.ofEntries(
          Map.entry("access_token", inRoot("pat.store", "roles.assignment")),
          Map.entry("access_token_role", inRoot("pat.create")),
          Map.entry("access_token_secret", inRoot("pat.store")),
          Map.entry("access_token_use", inRoot("pat.listing", "pat.store")),
          Map.entry("access_token_with_state", inRoot("metrics", "pat.lifecycle", "pat.store")),
          Map.entry("audit_event", inRoot("audit", "audit.search")),
          Map.entry("bootstrap_token", inRoot("bootstrap")),
          Map.entry("derived_tokens", inRoot("pat.store")),
          Map.entry("effective_roles", inRoot("caller", "pat.store", "roles.assignment")),
          Map.entry("end_secret", inRoot("pat.rotate")),
          Map.entry("end_unused_secret", inRoot("pat.rotate")),
          Map.entry("flyway_schema_history", inRoot("start")),
          Map.entry("idempotency_key", inRoot("pat.store")),
          Map.entry("move_expiry", inRoot("pat.rotate")),
          Map.entry("pepper_in_use", inRoot("start")),
          Map.entry("profile", inRoot("profile")),
          Map.entry("revoke_leaked", inRoot("leak")),
          Map.entry("revoke_tokens", inRoot("pat.lifecycle")),
          Map.entry("role", inRoot("roles", "roles.catalogue")),
          Map.entry("role_assignment", inRoot("pat.create", "pat.store", "roles", "users")),
          Map.entry("secret_is_live", inRoot("pat.store")),
          Map.entry("suspend_token", inRoot("pat.lifecycle")),
          Map.entry("usable_secret", inRoot("caller")),
          Map.entry("users", inRoot("roles", "users")));

  @Test
  void each_table_and_function_is_used_only_by_its_packages() {
    SortedMap<String, Set<String>> use = DatabaseUse.read(java.nio.file.Path.of("src/main/java"));

    assertThat(use).isEqualTo(DATABASE_USE);
  }

  private static Set<String> inRoot(String... names) {
    return Arrays.stream(names).map(name -> ROOT + "." + name).collect(Collectors.toSet());
  }
}
