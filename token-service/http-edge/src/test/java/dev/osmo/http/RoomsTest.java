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
            "java.security..",
            "org.jose4j..",
            "de.mkammerer..")
        .check(PACKAGES.classes());
  }
}
