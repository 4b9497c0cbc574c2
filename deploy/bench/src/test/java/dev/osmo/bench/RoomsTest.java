package dev.osmo.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.osmo.testkit.rooms.Packages;
import org.junit.jupiter.api.Test;

class RoomsTest {

  private static final Packages PACKAGES = Packages.below("dev.osmo.bench");

  @Test
  void packages_have_no_cycles() {
    PACKAGES.haveNoCycles();
  }

  @Test
  void every_package_is_null_marked() {
    PACKAGES.areNullMarked();
  }

  @Test
  void the_benchmark_has_no_code_of_the_services() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.osmo.token..", "dev.osmo.exchange..", "dev.osmo.cli..")
        .check(PACKAGES.classes());
  }
}
