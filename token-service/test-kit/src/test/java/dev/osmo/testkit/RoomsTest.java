package dev.osmo.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.osmo.testkit.rooms.Packages;
import org.junit.jupiter.api.Test;

class RoomsTest {

  private static final Packages PACKAGES = Packages.below("dev.osmo.testkit");

  @Test
  void packages_have_no_cycles() {
    PACKAGES.haveNoCycles();
  }

  @Test
  void every_package_is_null_marked() {
    PACKAGES.areNullMarked();
  }

  /** A test that shares code with a service would agree with the service's mistakes. */
  @Test
  void the_kit_uses_no_code_of_the_services() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.osmo.token..", "dev.osmo.exchange..", "io.quarkus..")
        .check(PACKAGES.classes());
  }
}
