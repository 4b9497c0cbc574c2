package dev.osmo.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What each package of the library needs. Its users get all of that. */
@AnalyzeClasses(packages = "dev.osmo.client", importOptions = DoNotIncludeTests.class)
class RoomsTest {
  private static final String ROOT = "dev.osmo.client";
  private static final String ANNOTATIONS = "org.jspecify.annotations";

  /** The command line has nothing else on its class path. */
  @ArchTest
  static final ArchRule the_wire_needs_the_jdk_only =
      classes()
          .that()
          .resideInAPackage(ROOT + ".wire")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", ROOT + ".wire", ANNOTATIONS);

  @ArchTest
  static final ArchRule only_the_filter_needs_jakarta_rest =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".rest")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta..");

  @ArchTest
  static final ArchRule only_the_exchange_and_the_verifier_need_a_library =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".verify")
          .and()
          .doNotHaveSimpleName("Exchange")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.nimbusds..");

  @ArchTest
  static final ArchRule there_are_no_cycles =
      slices().matching("dev.osmo.(**)").should().beFreeOfCycles();

  /** So the other types of this package may change without notice, as java.rst says. */
  @ArchTest
  static void the_api_shows_two_types_of_the_wire(JavaClasses all) {
    Set<String> shown =
        all.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(type -> !type.getPackageName().equals(ROOT + ".wire"))
            .flatMap(type -> type.getCodeUnits().stream())
            .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(
                member ->
                    Stream.concat(
                        member.getReturnType().getAllInvolvedRawTypes().stream(),
                        member.getParameterTypes().stream()
                            .flatMap(type -> type.getAllInvolvedRawTypes().stream())))
            .filter(type -> type.getPackageName().equals(ROOT + ".wire"))
            .map(JavaClass::getSimpleName)
            .collect(Collectors.toSet());

    assertThat(shown).containsExactlyInAnyOrder("SubjectToken", "Lifetime");
  }

  /** It has no logger and prints nothing: the program decides what is logged. */
  @ArchTest
  static final ArchRule it_writes_no_log =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.util.logging", "org.slf4j..", "org.jboss.logging..")
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static void every_package_is_null_marked(JavaClasses all) {
    assertThat(all.getPackage(ROOT).getSubpackagesInTree())
        .hasSize(3)
        .allSatisfy(
            each -> assertThat(each.isAnnotatedWith(NullMarked.class)).as(each.getName()).isTrue());
    assertThat(all.getPackage(ROOT).isAnnotatedWith(NullMarked.class)).isTrue();
  }
}
