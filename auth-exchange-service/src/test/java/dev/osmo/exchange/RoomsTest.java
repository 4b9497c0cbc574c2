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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
          entry("socket", Set.of("settings")),
          entry("database", Set.of("settings")),
          entry("problem", Set.of("database", "jwt.keys")),
          entry("request", Set.of("problem")),
          entry("login", Set.of()),
          entry("pat", Set.of("database", "pat.secret")),
          entry("pat.secret", Set.of("settings", "database")),
          entry("pat.verification", Set.of("settings", "pat", "pat.secret")),
          entry("limits", Set.of("settings", "pat", "pat.secret", "pat.verification")),
          entry("lastuse", Set.of("settings", "database")),
          entry("jwt", Set.of("settings", "jwt.keys", "jwt.material")),
          entry("jwt.keys", Set.of("settings", "database", "jwt.life", "jwt.material")),
          entry("jwt.life", Set.of("settings", "database", "jwt.material")),
          entry("jwt.material", Set.of("settings")),
          entry(
              "presentation",
              Set.of("pat", "pat.secret", "pat.verification", "limits", "jwt", "problem")),
          entry("exchange", Set.of("presentation", "request", "pat", "lastuse", "jwt", "problem")),
          entry("oauth", Set.of("settings", "exchange", "presentation", "pat", "jwt", "problem")),
          entry(
              "oauth.introspection",
              Set.of(
                  "settings",
                  "oauth",
                  "presentation",
                  "request",
                  "limits",
                  "pat",
                  "jwt",
                  "problem")),
          entry("oauth.revocation", Set.of("oauth", "limits", "pat", "pat.secret", "problem")),
          entry("oauth.metadata", Set.of("settings", "oauth", "jwt")),
          entry("prune", Set.of("settings", "database")),
          entry(
              "start",
              Set.of(
                  "database",
                  "pat.secret",
                  "pat.verification",
                  "lastuse",
                  "jwt.keys",
                  "prune",
                  "socket")));

  private static final int MOST_FILES = 12;

  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.osmo.exchange");

  @Test
  void a_room_imports_only_the_rooms_it_may() {
    assertThat(MAY_IMPORT.entrySet())
        .allSatisfy(room -> imports(room.getKey(), room.getValue()).check(SERVICE));
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
  void a_room_can_be_seen_at_a_glance() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      Map<Path, Long> sizes =
          files
              .filter(Files::isRegularFile)
              .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));

      assertThat(sizes).hasSize(MAY_IMPORT.size());
      assertThat(sizes.values()).allMatch(size -> size <= MOST_FILES);
    }
  }

  @Test
  void rooms_do_not_go_in_circles() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(SERVICE);
  }

  @Test
  void only_room_jwt_sees_key_material() {
    onlyIn("jwt", "org.jose4j..").check(SERVICE);
    noClasses()
        .that(resideOutsideOfPackage(packageOf("jwt") + ".."))
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
        .that(resideOutsideOfPackage(packageOf(room) + ".."))
        .should()
        .dependOnClassesThat(resideInAPackage(library));
  }

  private static String packageOf(String room) {
    return ROOT + room;
  }
}
