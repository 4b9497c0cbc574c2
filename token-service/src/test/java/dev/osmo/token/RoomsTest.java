package dev.osmo.token;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The walls between the rooms: who may use whom. */
class RoomsTest {

  private static final String ROOT = "dev.osmo.token";

  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("settings", Set.of()),
          Map.entry("migrate", Set.of()),
          Map.entry("problem", Set.of()),
          Map.entry("audit", Set.of()),
          Map.entry("minting", Set.of("settings", "problem")),
          Map.entry("caller", Set.of("settings", "problem", "audit")),
          Map.entry("roles", Set.of("problem", "audit", "caller")),
          Map.entry("users", Set.of("problem", "audit", "caller", "roles")),
          Map.entry("pat", Set.of("settings", "problem", "audit", "caller", "roles", "minting")),
          Map.entry("leak", Set.of("settings", "problem", "minting")),
          Map.entry("profile", Set.of("settings", "caller")),
          Map.entry("bootstrap", Set.of("settings", "audit", "minting", "pat", "roles", "users")),
          Map.entry("start", Set.of("settings", "problem", "minting", "bootstrap")));

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
            .map(name -> name.substring(ROOT.length() + 1).split("\\.", 2)[0])
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(rooms).isEqualTo(new TreeSet<>(MAY_USE.keySet()));
  }

  @Test
  void the_rooms_form_no_circle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
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

  private static String packageOf(String room) {
    return ROOT + "." + room + "..";
  }

  private static String[] open(String room, Set<String> allowed) {
    Set<String> packages = allowed.stream().map(RoomsTest::packageOf).collect(Collectors.toSet());
    packages.add(packageOf(room));
    return packages.toArray(String[]::new);
  }
}
