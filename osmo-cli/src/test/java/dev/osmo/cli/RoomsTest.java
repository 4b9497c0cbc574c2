package dev.osmo.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.Table;
import dev.osmo.cli.session.ActiveLogin;
import dev.osmo.cli.session.LoginChoice;
import dev.osmo.cli.session.store.Login;
import dev.osmo.cli.session.store.LoginFile;
import dev.osmo.cli.session.store.LoginLock;
import dev.osmo.cli.session.store.Logins;
import dev.osmo.cli.session.token.TokenExchange;
import java.util.Map;
import java.util.stream.Collectors;

/** Which room may look into which. */
@AnalyzeClasses(packages = "dev.osmo.cli", importOptions = DoNotIncludeTests.class)
class RoomsTest {
  private static final String ROOT = "dev.osmo.cli";

  private static final int MOST_TYPES_IN_A_ROOM = 12;

  @ArchTest static final ArchRule screen_looks_into_no_room = sees("screen");

  @ArchTest static final ArchRule output_sees_screen = sees("output", "screen");

  @ArchTest static final ArchRule environment_sees_output = sees("environment", "output");

  @ArchTest static final ArchRule advice_sees_output = sees("advice", "output");

  @ArchTest static final ArchRule options_sees = sees("options", "output");

  @ArchTest static final ArchRule server_sees_output = sees("server", "output");

  @ArchTest
  static final ArchRule transport_sees =
      sees("server.transport", "server", "environment", "screen", "output");

  @ArchTest static final ArchRule keyring_sees_output = sees("keyring", "output");

  @ArchTest
  static final ArchRule session_token_sees =
      sees("session.token", "environment", "server", "server.transport", "output");

  @ArchTest
  static final ArchRule store_sees =
      sees(
          "session.store", "session.token", "environment", "keyring", "server", "screen", "output");

  @ArchTest
  static final ArchRule session_sees =
      sees(
          "session",
          "session.store",
          "session.token",
          "environment",
          "server",
          "server.transport",
          "output");

  @ArchTest
  static final ArchRule session_life_sees =
      sees(
          "session.life",
          "session",
          "session.store",
          "session.token",
          "environment",
          "server",
          "output");

  @ArchTest static final ArchRule paging_sees = sees("paging", "session", "server", "output");

  @ArchTest
  static final ArchRule login_sees =
      sees(
          "login", "session", "session.life", "session.store", "session.token", "server", "output");

  @ArchTest
  static final ArchRule context_sees =
      sees("context", "options", "session.store", "environment", "server", "output");

  @ArchTest
  static final ArchRule auth_sees =
      sees("auth", "session", "session.token", "environment", "server", "output");

  @ArchTest
  static final ArchRule api_sees = sees("api", "session", "environment", "server", "output");

  @ArchTest static final ArchRule profile_sees = sees("profile", "session", "server", "output");

  @ArchTest static final ArchRule man_sees = sees("man", "output");

  @ArchTest
  static final ArchRule doctor_sees =
      sees("doctor", "session", "session.token", "server", "server.transport", "output");

  @ArchTest
  static final ArchRule completion_sees =
      sees("completion", "session", "session.store", "environment", "server", "output");

  @ArchTest
  static final ArchRule run_sees =
      sees(
          "run",
          "session",
          "session.store",
          "session.token",
          "environment",
          "server",
          "screen",
          "output");

  @ArchTest
  static final ArchRule tokentext_sees =
      sees(
          "tokentext",
          "options",
          "session",
          "session.token",
          "environment",
          "server",
          "screen",
          "output");

  @ArchTest static final ArchRule address_sees = sees("token.address", "server", "output");

  @ArchTest
  static final ArchRule leak_sees =
      sees(
          "token.leak",
          "tokentext",
          "session",
          "session.token",
          "environment",
          "server",
          "server.transport",
          "output");

  @ArchTest
  static final ArchRule life_sees =
      sees(
          "token.life",
          "token.leak",
          "token.address",
          "options",
          "session",
          "session.life",
          "environment",
          "server",
          "output");

  @ArchTest
  static final ArchRule token_sees =
      sees(
          "token",
          "token.life",
          "token.address",
          "tokentext",
          "options",
          "paging",
          "session",
          "server",
          "output");

  @ArchTest static final ArchRule removal_sees = sees("removal", "session", "server", "output");

  @ArchTest
  static final ArchRule user_sees =
      sees("user", "removal", "options", "session", "server", "output");

  @ArchTest
  static final ArchRule role_sees =
      sees("admin.role", "removal", "options", "session", "server", "output");

  @ArchTest
  static final ArchRule admin_sees =
      sees(
          "admin",
          "admin.role",
          "options",
          "paging",
          "session",
          "server",
          "server.transport",
          "output");

  @ArchTest
  static final ArchRule workflow_sees = sees("workflow", "options", "session", "server", "output");

  @ArchTest
  static final ArchRule there_are_no_cycles =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule only_the_server_rooms_speak_http =
      noClasses()
          .that(resideOutsideOfPackages(ROOT + ".server", ROOT + ".server.transport"))
          .should()
          .dependOnClassesThat(resideInAPackage("java.net.http"));

  @ArchTest
  static final ArchRule only_these_rooms_see_the_token =
      classes()
          .that()
          .haveSimpleName("Pat")
          .should()
          .onlyHaveDependentClassesThat(
              resideInAPackage(ROOT + ".session..")
                  .or(resideInAPackage(ROOT + ".login"))
                  .or(resideInAPackage(ROOT + ".tokentext"))
                  .or(resideInAPackage(ROOT + ".token.leak")));

  /** Other rooms may have a login's JWT, and ask the session for the rest. */
  @ArchTest
  static final ArchRule what_holds_the_token_stays_in_the_session_rooms =
      classes()
          .that()
          .belongToAnyOf(
              ActiveLogin.class,
              LoginChoice.class,
              Login.class,
              Logins.class,
              LoginFile.class,
              LoginLock.class,
              TokenExchange.class)
          .should()
          .onlyHaveDependentClassesThat(resideInAPackage(ROOT + ".session.."));

  @ArchTest
  static final ArchRule only_the_store_knows_the_configuration_directory =
      noClasses()
          .that(resideOutsideOfPackages(ROOT + ".session.store"))
          .should()
          .callMethod(Environment.class, "configDirectory");

  @ArchTest
  static final ArchRule only_the_store_asks_a_credential_helper =
      classes()
          .that()
          .resideInAPackage(ROOT + ".keyring")
          .should()
          .onlyHaveDependentClassesThat(
              resideInAPackage(ROOT + ".keyring").or(resideInAPackage(ROOT + ".session.store")));

  @ArchTest
  static void no_room_is_crowded(JavaClasses all) {
    Map<String, Long> types =
        all.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(types)
        .allSatisfy((room, count) -> assertThat(count).isLessThanOrEqualTo(MOST_TYPES_IN_A_ROOM));
  }

  @ArchTest
  static final ArchRule only_the_terminal_touches_the_standard_streams =
      noClasses().that().doNotHaveSimpleName("Terminal").should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule nothing_here_needs_a_screen =
      noClasses().should().dependOnClassesThat(resideInAPackage("java.awt.."));

  /** {@code Terminal.block(Table)} knows the screen; a text does not. */
  @ArchTest
  static final ArchRule tables_are_printed_by_the_terminal =
      noClasses()
          .that(resideOutsideOfPackages(ROOT + ".output"))
          .should()
          .callMethod(Table.class, "toString");

  private static ArchRule sees(String room, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = ROOT + "." + room;
    for (int i = 0; i < others.length; i++) {
      allowed[i + 1] = ROOT + "." + others[i];
    }
    return noClasses()
        .that(resideInAPackage(ROOT + "." + room))
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + "..").and(resideOutsideOfPackages(allowed)));
  }
}
