package dev.osmo.devprovider;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.osmo.testkit.rooms.Packages;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private static final Packages PACKAGES = Packages.below("dev.osmo.devprovider");

  @Test
  void packages_have_no_cycles() {
    PACKAGES.haveNoCycles();
  }

  @Test
  void every_package_is_null_marked() {
    PACKAGES.areNullMarked();
  }

  /** A provider of somebody else has none of it either. */
  @Test
  void the_provider_has_no_other_code_of_this_project() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.osmo.devprovider..",
            "java..",
            "com.sun.net.httpserver..",
            "com.nimbusds..",
            "net.minidev.json..",
            "org.jspecify..")
        .check(PACKAGES.classes());
  }

  @Test
  void the_browser_knows_the_provider_by_its_pages_only() {
    noClasses()
        .that()
        .resideInAPackage("..browser..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.osmo.devprovider")
        .check(PACKAGES.classes());
  }
}
