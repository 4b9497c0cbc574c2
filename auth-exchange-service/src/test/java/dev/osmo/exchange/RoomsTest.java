package dev.osmo.exchange;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls between the rooms. */
class RoomsTest {

  private static final String ROOT = "dev.osmo.exchange.";

  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          entry("settings", Set.of()),
          entry("database", Set.of("settings")),
          entry("problem", Set.of("database")),
          entry("pat", Set.of("settings", "database")),
          entry("limits", Set.of("settings", "pat")),
          entry("lastuse", Set.of("settings", "database")),
          entry("jwt", Set.of("settings", "database")),
          entry("exchange", Set.of("pat", "lastuse", "limits", "jwt", "problem")),
          entry("oauth", Set.of("settings", "exchange", "limits", "pat", "jwt", "problem")),
          entry("prune", Set.of("settings", "database")),
          entry("socket", Set.of("settings")),
          entry("start", Set.of("database", "pat", "lastuse", "jwt", "prune", "socket")));

  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.osmo.exchange");

  @Test
  void a_room_imports_only_the_rooms_it_may() {
    MAY_IMPORT.forEach((room, others) -> imports(room, others).check(SERVICE));
  }

  @Test
  void every_class_is_in_a_room_of_the_table() {
    classes()
        .should()
        .resideInAnyPackage(
            MAY_IMPORT.keySet().stream().map(RoomsTest::packageOf).toArray(String[]::new))
        .check(SERVICE);
  }

  @Test
  void rooms_do_not_go_in_circles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(SERVICE);
  }

  @Test
  void only_room_jwt_sees_key_material() {
    onlyIn("jwt", "org.jose4j..").check(SERVICE);
    noClasses()
        .that(resideOutsideOfPackage(packageOf("jwt")))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.security.PrivateKey")
        .check(SERVICE);
  }

  @Test
  void only_room_pat_runs_argon2() {
    onlyIn("pat", "de.mkammerer..").check(SERVICE);
  }

  @Test
  void a_wall_that_is_broken_is_seen() {
    assertThat(imports("exchange", Set.of("pat", "problem")).evaluate(SERVICE).hasViolation())
        .isTrue();
    assertThat(onlyIn("prune", "org.jose4j..").evaluate(SERVICE).hasViolation()).isTrue();
  }

  private static ArchRule imports(String room, Set<String> others) {
    String[] allowed =
        Stream.concat(Stream.of(room), others.stream())
            .map(RoomsTest::packageOf)
            .collect(Collectors.toSet())
            .toArray(String[]::new);
    return noClasses()
        .that(resideInAPackage(packageOf(room)))
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + ".").and(resideInAnyPackage(allowed).negate()));
  }

  private static ArchRule onlyIn(String room, String library) {
    return noClasses()
        .that(resideOutsideOfPackage(packageOf(room)))
        .should()
        .dependOnClassesThat(resideInAPackage(library));
  }

  private static String packageOf(String room) {
    return ROOT + room + "..";
  }
}
