package dev.osmo.sample;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.osmo.testkit.rooms.Packages;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private static final Packages PACKAGES = Packages.below("dev.osmo.sample");

  @Test
  void every_package_is_null_marked() {
    PACKAGES.areNullMarked();
  }

  @Test
  void configuration_alone_verifies_jwts() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.jose4j..", "io.smallrye.jwt..", "java.security..", "javax.crypto..")
        .check(PACKAGES.classes());
  }

  @Test
  void the_api_has_no_code_of_the_services() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.osmo.token..", "dev.osmo.exchange..", "dev.osmo.pat..", "dev.osmo.local..")
        .check(PACKAGES.classes());
  }
}
