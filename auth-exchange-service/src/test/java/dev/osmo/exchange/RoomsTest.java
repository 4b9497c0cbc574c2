package dev.osmo.exchange;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The walls between the rooms. */
class RoomsTest {

  private static final String ROOT = "dev.osmo.exchange";

  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void rooms_have_no_cycles() {
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

  @Test
  void only_room_jwt_uses_key_material() {
    onlyIn("jwt", "org.jose4j..").check(SERVICE);
    noClasses()
        .that(resideOutsideOfPackage(ROOT + ".jwt.."))
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
  void a_breach_of_a_wall_is_detected() {
    assertThat(onlyIn("prune", "org.jose4j..").evaluate(SERVICE).hasViolation()).isTrue();
  }

  private static ArchRule onlyIn(String room, String library) {
    return noClasses()
        .that(resideOutsideOfPackage(ROOT + "." + room + ".."))
        .should()
        .dependOnClassesThat(resideInAPackage(library));
  }
}
