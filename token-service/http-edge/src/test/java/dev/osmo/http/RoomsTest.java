package dev.osmo.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.osmo.testkit.rooms.Packages;
import org.junit.jupiter.api.Test;

/** The rules between the packages, and for the whole library. */
class RoomsTest {

  private static final Packages PACKAGES = Packages.below("dev.osmo.http");

  @Test
  void packages_have_no_cycles() {
    PACKAGES.haveNoCycles();
  }

  @Test
  void every_package_is_null_marked() {
    PACKAGES.areNullMarked();
  }

  /** The services reach the database in different ways and share no key material. */
  @Test
  void the_library_uses_neither_services_nor_databases_nor_keys() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.osmo.token..",
            "dev.osmo.exchange..",
            "org.hibernate..",
            "java.sql..",
            "io.vertx.pgclient..",
            "io.vertx.sqlclient..",
            "org.jose4j..",
            "de.mkammerer..")
        .check(PACKAGES.classes());
  }

  /** One package verifies the tokens of other issuers, so both services do it in the same way. */
  @Test
  void only_the_room_of_issuers_verifies_their_tokens() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.osmo.http.issuer")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .check(PACKAGES.classes());
  }

  /**
   * One package chooses the provider of the algorithms, and one reads certificates. Neither sees a
   * key.
   */
  @Test
  void only_the_choice_of_the_provider_and_the_authorities_use_the_security_library() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.osmo.http.crypto", "dev.osmo.http.authority")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.security..")
        .check(PACKAGES.classes());
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.security.Key.class)
        .check(PACKAGES.classes());
  }
}
