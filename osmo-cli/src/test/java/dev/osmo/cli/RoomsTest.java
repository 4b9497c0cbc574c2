package dev.osmo.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.Table;
import dev.osmo.pat.PatText;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The layers of the program, and who may do what. */
@AnalyzeClasses(packages = "dev.osmo.cli", importOptions = DoNotIncludeTests.class)
class RoomsTest {
  private static final String ROOT = "dev.osmo.cli";
  private static final Path SOURCES = Path.of("src/main/java");

  /** A path, or the segments of one. */
  private static final Pattern ROUTE =
      Pattern.compile("\"[^\"\\n]*\\bapi/|\"api\",\\s*\"|\"[^\"\\n]*/(oauth2|\\.well-known)/");

  @ArchTest
  static final ArchRule each_layer_uses_only_the_layers_below =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("entry")
          .definedBy(ROOT)
          .layer("commands")
          .definedBy(
              rooms(
                  "admin",
                  "api",
                  "auth",
                  "completion",
                  "context",
                  "doctor",
                  "login",
                  "man",
                  "profile",
                  "run",
                  "sidecar",
                  "token",
                  "user",
                  "workflow"))
          .layer("shared")
          .definedBy(rooms("authproxy", "renewal", "rolepreview", "scan", "signin"))
          .layer("session")
          .definedBy(rooms("session"))
          .layer("server")
          .definedBy(rooms("kubernetes", "listen", "server"))
          .layer("http")
          .definedBy(rooms("http"))
          .layer("process")
          .definedBy(rooms("environment", "errors", "files", "keyring", "options"))
          .layer("output")
          .definedBy(rooms("output"))
          .layer("terminal")
          .definedBy(rooms("tty"))
          .whereLayer("entry")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("commands")
          .mayOnlyBeAccessedByLayers("entry")
          .whereLayer("shared")
          .mayOnlyBeAccessedByLayers("entry", "commands")
          .whereLayer("session")
          .mayOnlyBeAccessedByLayers("entry", "commands", "shared")
          .whereLayer("server")
          .mayOnlyBeAccessedByLayers("entry", "commands", "shared", "session")
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("server")
          .whereLayer("process")
          .mayOnlyBeAccessedByLayers("entry", "commands", "shared", "session", "server")
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule there_are_no_cycles =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule only_the_http_and_listen_rooms_use_the_network =
      noClasses()
          .that(
              resideOutsideOfPackages(ROOT + ".http", ROOT + ".listen")
                  .and(not(simpleName("SocketFile"))))
          .should()
          .dependOnClassesThat(
              resideInAPackage("java.net.http")
                  .or(nameMatching("java\\.net\\.(Server)?Socket"))
                  .or(nameMatching("java\\.nio\\.channels\\.(Server)?SocketChannel"))
                  .or(nameMatching("java\\.net\\.URLConnection")));

  /** One HTTP server is enough for one binary: the room listen. */
  @ArchTest
  static final ArchRule nobody_uses_the_http_server_of_the_jdk =
      noClasses().should().dependOnClassesThat(resideInAPackage("com.sun.net.httpserver"));

  @ArchTest
  static void only_these_classes_contain_routes(JavaClasses all) throws IOException {
    try (Stream<Path> sources = Files.walk(SOURCES)) {
      assertThat(sources.filter(RoomsTest::isJava))
          .hasSizeGreaterThan(100)
          .filteredOn(source -> ROUTE.matcher(Contracts.text(source)).find())
          .extracting(source -> source.getFileName().toString())
          .containsExactlyInAnyOrder("OsmoApi.java", "ClusterSecrets.java");
    }
  }

  @ArchTest
  static final ArchRule only_the_files_room_and_man_write_files =
      noClasses()
          .that(resideOutsideOfPackage(ROOT + ".files").and(not(simpleName("ManCommand"))))
          .should()
          .callMethodWhere(
              target(owner(belongToAnyOf(Files.class)))
                  .and(
                      target(
                          nameMatching(
                              "write.*|create.*|copy|move|newOutputStream|newBufferedWriter"
                                  + "|newByteChannel|set.*"))))
          .orShould()
          .callMethodWhere(
              target(owner(belongToAnyOf(FileChannel.class))).and(target(nameMatching("open"))))
          .orShould()
          .dependOnClassesThat(
              belongToAnyOf(FileOutputStream.class, FileWriter.class, RandomAccessFile.class));

  /** {@code TypedRequest} only searches a path for tokens. */
  @ArchTest
  static final ArchRule only_these_classes_have_an_access_token =
      noClasses()
          .that(
              not(resideInAnyPackage(ROOT + ".session", ROOT + ".login", ROOT + ".scan"))
                  .and(not(nameMatching(".*\\.(LeakReports|LeakedTokens|TypedRequest)(\\$.*)?"))))
          .should()
          .dependOnClassesThat(belongToAnyOf(PatText.class));

  /** Package-private, so that the compiler checks it too. */
  @ArchTest
  static final ArchRule contexts_with_their_token_stay_in_the_session_room =
      classes()
          .that()
          .haveNameMatching(
              ".*\\.session\\.(Context|SavedContexts?|ActiveContext|ContextSelection|StoredSecret|Grant|SessionEnd"
                  + "|EnvironmentContext|CredentialFile|CredentialLock|TokenExchange)")
          .should()
          .bePackagePrivate()
          .andShould()
          .onlyHaveDependentClassesThat(resideInAPackage(ROOT + ".session"));

  @ArchTest
  static final ArchRule only_the_session_room_knows_the_configuration_directory =
      noClasses()
          .that(resideOutsideOfPackage(ROOT + ".session"))
          .should()
          .callMethod(Environment.class, "configDirectory");

  @ArchTest
  static final ArchRule only_the_session_room_calls_a_credential_helper =
      classes()
          .that()
          .resideInAPackage(ROOT + ".keyring")
          .should()
          .onlyHaveDependentClassesThat(resideInAnyPackage(ROOT + ".keyring", ROOT + ".session"));

  @ArchTest
  static final ArchRule only_the_terminal_uses_the_standard_streams =
      noClasses().that().doNotHaveSimpleName("Terminal").should(ACCESS_STANDARD_STREAMS);

  /** {@code Terminal.block(Table)} fits the table to the terminal; {@code toString} does not. */
  @ArchTest
  static final ArchRule only_the_output_room_formats_tables =
      noClasses()
          .that(resideOutsideOfPackage(ROOT + ".output"))
          .should()
          .callMethod(Table.class, "toString");

  @ArchTest
  static final ArchRule no_class_uses_awt =
      noClasses().should().dependOnClassesThat(resideInAPackage("java.awt.."));

  @ArchTest
  static void every_package_is_null_marked(JavaClasses all) {
    JavaPackage root = all.getPackage(ROOT);

    assertThat(root.getSubpackagesInTree())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            each -> assertThat(each.isAnnotatedWith(NullMarked.class)).as(each.getName()).isTrue());
    assertThat(root.isAnnotatedWith(NullMarked.class)).isTrue();
  }

  private static String[] rooms(String... names) {
    return Stream.of(names).map(name -> ROOT + "." + name).toArray(String[]::new);
  }

  private static boolean isJava(Path file) {
    return file.toString().endsWith(".java");
  }
}
