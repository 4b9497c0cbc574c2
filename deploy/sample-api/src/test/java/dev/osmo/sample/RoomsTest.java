package dev.osmo.sample;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.osmo.sample");

  @Test
  void every_package_is_null_marked() {
    assertThat(CLASSES).isNotEmpty();
    assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
        .filteredOn(room -> !room.isAnnotatedWith(NullMarked.class))
        .isEmpty();
  }

  @Test
  void configuration_alone_verifies_jwts() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.jose4j..", "io.smallrye.jwt..", "java.security..", "javax.crypto..")
        .check(CLASSES);
  }

  @Test
  void the_api_has_no_code_of_the_services() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.osmo.token..", "dev.osmo.exchange..", "dev.osmo.pat..", "dev.osmo.local..")
        .check(CLASSES);
  }
}
