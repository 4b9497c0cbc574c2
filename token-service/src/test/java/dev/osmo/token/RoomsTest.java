package dev.osmo.token;

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
import dev.osmo.pat.PatText;
import dev.osmo.token.minting.Mint;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules between the packages. */
class RoomsTest {

  private static final String ROOT = "dev.osmo.token";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void packages_have_no_cycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void every_package_is_null_marked() {
    List<String> unmarked =
        CLASSES.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(room -> !room.getClasses().isEmpty())
            .filter(room -> !room.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();

    assertThat(unmarked).isEmpty();
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
  void only_the_database_room_uses_the_session() {
    noClasses()
        .that(resideOutsideOfPackage(ROOT + ".database"))
        .should()
        .dependOnClassesThat(resideInAPackage("org.hibernate.reactive.."))
        .check(CLASSES);
  }
}
