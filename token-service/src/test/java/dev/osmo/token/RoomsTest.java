package dev.osmo.token;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.osmo.token.minting.Mint;
import dev.osmo.token.minting.PatText;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The walls between the rooms: who may use whom. */
class RoomsTest {

  private static final String ROOT = "dev.osmo.token";

  private static final int MOST_TYPES_IN_A_ROOM = 12;

  /** By package; a room inside a room is a room of its own. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("settings", Set.of()),
          Map.entry("migrate", Set.of()),
          Map.entry("problem", Set.of()),
          Map.entry("openapi", Set.of("problem")),
          Map.entry("web", Set.of("settings", "problem")),
          Map.entry("metrics", Set.of("settings", "problem")),
          Map.entry("audit", Set.of()),
          Map.entry("audit.search", Set.of("problem", "paging", "written", "caller")),
          Map.entry("paging", Set.of("problem")),
          Map.entry("written", Set.of("problem")),
          Map.entry("minting", Set.of("settings", "problem")),
          Map.entry("caller", Set.of("settings", "problem", "audit")),
          Map.entry("roles", Set.of("problem", "audit", "caller")),
          Map.entry("roles.catalogue", Set.of("problem", "written", "audit", "caller", "roles")),
          Map.entry("roles.removal", Set.of("problem", "audit", "caller", "roles")),
          Map.entry(
              "roles.grant",
              Set.of("problem", "audit", "caller", "roles", "roles.catalogue", "roles.removal")),
          Map.entry(
              "users",
              Set.of(
                  "problem", "written", "audit", "caller", "roles", "roles.catalogue", "pat.life")),
          Map.entry("pat.terms", Set.of("settings", "problem", "written")),
          Map.entry("pat.row", Set.of("minting", "roles")),
          Map.entry("pat.target", Set.of("problem", "caller", "roles", "pat.row")),
          Map.entry("pat.replay", Set.of("problem", "pat.terms")),
          Map.entry(
              "pat.create",
              Set.of(
                  "settings",
                  "problem",
                  "written",
                  "audit",
                  "caller",
                  "roles",
                  "minting",
                  "pat.terms",
                  "pat.row",
                  "pat.replay")),
          Map.entry(
              "pat.rotate",
              Set.of(
                  "settings",
                  "problem",
                  "written",
                  "audit",
                  "caller",
                  "roles",
                  "minting",
                  "pat.terms",
                  "pat.row",
                  "pat.target")),
          Map.entry(
              "pat.life",
              Set.of("problem", "written", "audit", "caller", "roles", "pat.row", "pat.target")),
          Map.entry(
              "pat.listing",
              Set.of(
                  "problem",
                  "written",
                  "paging",
                  "caller",
                  "roles",
                  "pat.terms",
                  "pat.row",
                  "pat.target")),
          Map.entry(
              "pat.routes",
              Set.of(
                  "settings",
                  "paging",
                  "caller",
                  "minting",
                  "pat.terms",
                  "pat.row",
                  "pat.target",
                  "pat.create",
                  "pat.rotate",
                  "pat.life",
                  "pat.listing")),
          Map.entry("leak", Set.of("settings", "problem", "minting")),
          Map.entry("profile", Set.of("settings", "problem", "audit", "caller")),
          Map.entry(
              "bootstrap", Set.of("settings", "audit", "minting", "pat.create", "roles", "users")),
          Map.entry("start", Set.of("settings", "migrate", "problem", "minting", "bootstrap")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void each_room_uses_only_the_rooms_it_may() {
    MAY_USE.forEach(
        (room, allowed) ->
            noClasses()
                .that()
                .resideInAPackage(packageOf(room))
                .should()
                .dependOnClassesThat(
                    resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(open(room, allowed)))))
                .because(room + " may use " + allowed + " only")
                .check(CLASSES));
  }

  @Test
  void every_room_has_its_line_in_the_table() {
    Set<String> rooms =
        CLASSES.stream()
            .map(type -> type.getPackageName())
            .filter(name -> name.length() > ROOT.length())
            .map(name -> name.substring(ROOT.length() + 1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(rooms).isEqualTo(new TreeSet<>(MAY_USE.keySet()));
  }

  @Test
  void no_room_is_crowded() {
    Map<String, Long> types =
        CLASSES.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(types)
        .allSatisfy((room, count) -> assertThat(count).isLessThanOrEqualTo(MOST_TYPES_IN_A_ROOM));
  }

  @Test
  void the_rooms_form_no_circle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void minting_knows_neither_database_nor_http() {
    noClasses()
        .that()
        .resideInAPackage(packageOf("minting"))
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

  /** Anybody may report: a report must cost a lookup, and never a hash. */
  @Test
  void leak_reports_never_hash() {
    noClasses()
        .that()
        .resideInAPackage(packageOf("leak"))
        .should()
        .callMethod(Mint.class, "mint")
        .orShould()
        .callMethod(Mint.class, "mint", PatText.class)
        .check(CLASSES);
  }

  private static String packageOf(String room) {
    return ROOT + "." + room;
  }

  private static String[] open(String room, Set<String> allowed) {
    Set<String> packages = allowed.stream().map(RoomsTest::packageOf).collect(Collectors.toSet());
    packages.add(packageOf(room));
    return packages.toArray(String[]::new);
  }
}
