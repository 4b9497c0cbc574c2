package dev.osmo.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import dev.osmo.testkit.rooms.Packages;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private static final Packages PACKAGES = Packages.below("dev.osmo.local");

  @Test
  void the_command_uses_the_parts_and_the_parts_use_files_and_processes() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("command")
        .definedBy("..launch..")
        .layer("parts")
        .definedBy("..accounts..", "..demo..", "..gateway..", "..postgres..", "..provider..")
        .layer("machine")
        .definedBy("..folder..", "..process..")
        .whereLayer("command")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("parts")
        .mayOnlyBeAccessedByLayers("command")
        .check(PACKAGES.classes());
  }

  @Test
  void packages_have_no_cycles() {
    PACKAGES.haveNoCycles();
  }

  @Test
  void every_package_is_null_marked() {
    PACKAGES.areNullMarked();
  }

  /** The gateway serves anonymous clients, and a child process gets only what its spec names. */
  @Test
  void the_gateway_and_the_processes_do_not_read_secrets() {
    noClasses()
        .that()
        .resideInAnyPackage("..gateway..", "..process..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..folder..")
        .check(PACKAGES.classes());
  }

  @Test
  void only_three_places_start_processes() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..process..")
        .and()
        .doNotHaveFullyQualifiedName("dev.osmo.local.demo.Cli")
        .and()
        .doNotHaveFullyQualifiedName("dev.osmo.local.postgres.PgCtl")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .check(PACKAGES.classes());
  }

  @Test
  void only_the_database_and_the_administrators_account_use_sql() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..postgres..")
        .and()
        .doNotHaveFullyQualifiedName("dev.osmo.local.accounts.AdminToken")
        .and()
        .doNotHaveFullyQualifiedName("dev.osmo.local.launch.Database")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.sql..")
        .check(PACKAGES.classes());
  }

  @Test
  void the_launcher_has_no_code_of_the_services() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.osmo.token..", "dev.osmo.exchange..", "dev.osmo.cli..", "dev.osmo.sample..")
        .check(PACKAGES.classes());
  }
}
