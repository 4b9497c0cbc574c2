package dev.osmo.token;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaParameter;
import dev.osmo.pat.PatText;
import dev.osmo.testkit.rooms.DatabaseUse;
import dev.osmo.testkit.rooms.Packages;
import dev.osmo.token.caller.NamedOwner;
import dev.osmo.token.minting.Mint;
import dev.osmo.token.scim.ScimClientOnly;
import io.quarkus.hibernate.reactive.panache.Panache;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Entity;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.Cancellable;
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

  /** A transaction is repeated if the database rolled it back because of another one. */
  @Test
  void only_the_database_package_begins_transactions() {
    noClasses()
        .that(resideOutsideOfPackage(ROOT + ".database"))
        .should()
        .callMethod(Panache.class, "withTransaction", Supplier.class)
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

  /**
   * A client that hangs up must not cancel database work: a cancelled acquisition can lose a
   * connection of the pool (decision 0016).
   */
  @Test
  void no_resource_is_cancelled_by_its_client() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .areAnnotatedWith(Path.class)
        .should()
        .notBeAnnotatedWith(Cancellable.class)
        .check(CLASSES);
    classes()
        .that()
        .areAnnotatedWith(Path.class)
        .should()
        .beAnnotatedWith(
            describe(
                "@Cancellable(false)",
                annotation ->
                    annotation.getRawType().isEquivalentTo(Cancellable.class)
                        && annotation.get("value").filter(Boolean.FALSE::equals).isPresent()))
        .check(CLASSES);
  }

  /**
   * What a path may name on a route that does not require the administrator role. {@link
   * NamedOwner} makes the check; a token or a session is looked up among those of the owner only.
   */
  private static final Map<String, String> IN_PATHS =
      Map.of(
          "token_name", String.class.getName(),
          "session_id", String.class.getName(),
          "user_id", NamedOwner.class.getName());

  @Test
  void a_path_names_another_user_only_with_a_check_of_the_caller() {
    assertThat(
            CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .filter(type -> !type.isAnnotatedWith(RolesAllowed.class))
                .filter(type -> !type.isAnnotatedWith(ScimClientOnly.class))
                .flatMap(type -> type.getMethods().stream())
                .flatMap(method -> method.getParameters().stream())
                .filter(parameter -> parameter.isAnnotatedWith(PathParam.class))
                .map(RoomsTest::nameAndType))
        .hasSameElementsAs(IN_PATHS.entrySet());
  }

  private static Map.Entry<String, String> nameAndType(JavaParameter parameter) {
    return Map.entry(
        parameter.getAnnotationOfType(PathParam.class).value(),
        parameter.getRawType().getFullName());
  }

  /** A {@code @BeanParam} is shared by routes with different rules. */
  @Test
  void parameter_objects_read_only_the_token_of_a_path() {
    assertThat(
            CLASSES.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.isAnnotatedWith(PathParam.class))
                .map(field -> field.getAnnotationOfType(PathParam.class).value()))
        .containsOnly("token_name");
  }

  /** The rules that stand beside the use case they decide. */
  private static final Set<String> RULES =
      inRoot(
          "events.SecurityEvent",
          "notice.Backoff",
          "pat.create.Creation",
          "pat.history.Causes",
          "pat.create.RequestedRoles",
          "pat.rotate.RenewedExpiry",
          "pat.rotate.RequestedGrace",
          "pat.rotate.Rotation",
          "pat.store.CallerLimit",
          "pat.store.TokenState",
          "roles.sync.RoleSync",
          "scim.RequestedActive",
          "scim.UserSearch",
          "signin.IdToken");

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
          Map.entry("accept_restored", inRoot("migrate")),
          Map.entry(
              "access_token", inRoot("pat.create", "pat.history", "pat.store", "roles.assignment")),
          Map.entry("access_token_role", inRoot("pat.create")),
          Map.entry(
              "access_token_secret", inRoot("caller", "pat.create", "pat.listing", "pat.store")),
          Map.entry("access_token_use", inRoot("pat.listing", "pat.store")),
          Map.entry("access_token_with_roles", inRoot("pat.store")),
          Map.entry("access_token_with_state", inRoot("pat.listing")),
          Map.entry("apply_sign_in_policy_to_some", inRoot("signin")),
          Map.entry("audit_event", inRoot("audit", "audit.search")),
          Map.entry("bootstrap_token", inRoot("bootstrap")),
          Map.entry("claim_expiry_notices", inRoot("notice")),
          Map.entry("count_tokens", inRoot("metrics")),
          Map.entry("derived_tokens", inRoot("pat.store")),
          Map.entry(
              "effective_roles", inRoot("caller", "pat.listing", "pat.store", "roles.assignment")),
          Map.entry("end_secret", inRoot("pat.rotate")),
          Map.entry("end_session", inRoot("session")),
          Map.entry("end_unused_secret", inRoot("pat.rotate")),
          Map.entry("flyway_schema_history", inRoot("start")),
          Map.entry("forget_deleted_secrets", inRoot("purge")),
          Map.entry("idempotency_key", inRoot("pat.store")),
          Map.entry("last_changes", inRoot("pat.history")),
          Map.entry("live_secret", inRoot("pat.store")),
          Map.entry("live_token", inRoot("pat.create", "pat.lifecycle")),
          Map.entry("login_session", inRoot("session")),
          Map.entry("move_expiry", inRoot("pat.rotate")),
          Map.entry("must_sign_in", inRoot("pat.listing")),
          Map.entry("pepper_check", inRoot("start")),
          Map.entry("pepper_in_use", inRoot("start")),
          Map.entry("plan_expiry_notices", inRoot("notice")),
          Map.entry("profile", inRoot("profile")),
          Map.entry("purge_audit_events", inRoot("purge")),
          Map.entry("purge_idempotency_keys", inRoot("purge")),
          Map.entry("purge_role_removals", inRoot("purge")),
          Map.entry("purge_secrets", inRoot("purge")),
          Map.entry("purge_sessions", inRoot("purge")),
          Map.entry("purge_token_origins", inRoot("purge")),
          Map.entry("purge_tokens", inRoot("purge")),
          Map.entry("record_denial", inRoot("denial")),
          Map.entry("record_expiry_notice", inRoot("notice")),
          Map.entry("record_security_event", inRoot("events")),
          Map.entry("require_primary", inRoot("caller", "events", "leak", "signin")),
          Map.entry("require_sign_in", inRoot("events")),
          Map.entry("removed_role", inRoot("caller", "pat.history")),
          Map.entry("revoke_leaked", inRoot("leak")),
          Map.entry("revoke_tokens", inRoot("pat.lifecycle")),
          Map.entry("role", inRoot("roles", "roles.catalogue")),
          Map.entry(
              "role_assignment", inRoot("caller", "pat.create", "pat.store", "roles", "users")),
          Map.entry("role_removal", inRoot("caller")),
          Map.entry("secret_is_live", inRoot("pat.store")),
          Map.entry("set_sign_in_policy", inRoot("signin")),
          Map.entry("state_of_owned", inRoot("pat.listing")),
          Map.entry("suspend_token", inRoot("pat.lifecycle")),
          Map.entry("token_count", inRoot("metrics")),
          Map.entry("usable_secret", inRoot("caller")),
          Map.entry("usable_session", inRoot("caller", "session")),
          Map.entry("user_identity", inRoot("events", "scim", "signin")),
          Map.entry(
              "users",
              inRoot(
                  "audit.search",
                  "pat.create",
                  "pat.history",
                  "pat.listing",
                  "profile",
                  "roles",
                  "scim",
                  "users")));

  @Test
  void each_table_and_function_is_used_only_by_its_packages() {
    SortedMap<String, Set<String>> use = DatabaseUse.read(java.nio.file.Path.of("src/main/java"));

    assertThat(use).isEqualTo(DATABASE_USE);
  }

  private static Set<String> inRoot(String... names) {
    return Arrays.stream(names).map(name -> ROOT + "." + name).collect(Collectors.toSet());
  }
}
