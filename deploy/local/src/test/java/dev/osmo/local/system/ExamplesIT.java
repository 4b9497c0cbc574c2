package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.osmo.client.Credential;
import dev.osmo.client.JwtSource;
import dev.osmo.local.process.FreePorts;
import dev.osmo.testkit.process.Finished;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the programs that the pages show, with libraries that nobody changed for osmo, against the
 * real services. What is not installed is skipped.
 */
class ExamplesIT {
  private static final Path EXAMPLES = RunningStack.HOME.resolve("src-docs/examples");
  private static final String TOKENS = "user-token Active";
  private static final String CLAIMS = "user@example.com";

  /**
   * Reads a document of a server that is reached over TLS, which Authlib requires. OpenID Connect
   * requires an authorization endpoint and RS256, which osmo has not.
   */
  private static final String VALIDATE_METADATA =
      """
      import json, sys
      from authlib.oauth2.rfc8414 import AuthorizationServerMetadata
      from authlib.oidc.discovery import OpenIDProviderMetadata
      document = json.loads(sys.stdin.read())
      AuthorizationServerMetadata(document).validate()
      if sys.argv[1] == "openid":
          provider = OpenIDProviderMetadata(document)
          for name in provider.REGISTRY_KEYS:
              if name not in ("authorization_endpoint", "id_token_signing_alg_values_supported"):
                  getattr(provider, "validate_" + name)()
      print("valid")
      """;

  private record Ran(int code, String out, String err) {
    String ok() {
      assertThat(code).as(err).isZero();
      return out;
    }
  }

  @TempDir static Path temp;

  private static RunningStack stack;
  private static String jwt;
  private static String jwtForReports;

  @BeforeAll
  static void start() throws Exception {
    stack =
        RunningStack.launch(
                temp.resolve("data"), FreePorts.find(1).getFirst(), "--audience", "reports")
            .awaitReady();
    jwt = Http.as(stack.url(), stack.file("user-token")).jwt();
    jwtForReports =
        JwtSource.at(URI.create(stack.url()), Credential.ofTokenFile(stack.file("user-token")))
            .audience("reports")
            .build()
            .current()
            .text();
  }

  @AfterAll
  static void stop() throws Exception {
    stack.signal("TERM");
    stack.awaitExit();
  }

  @Test
  void python_with_requests_calls_the_api() throws Exception {
    String python = pythonWith("requests");

    assertThat(run(jwt, python, example("api.py")).ok())
        .contains(TOKENS, "404 urn:osmo:problem:token-not-found");
  }

  @Test
  void python_with_pyjwt_verifies() throws Exception {
    verifies(pythonWith("jwt, cryptography"), example("verify.py"));
  }

  @Test
  void python_with_authlib_exchanges_verifies_and_introspects() throws Exception {
    String python = pythonWith("authlib, requests");

    assertThat(run(jwt, python, example("oauth.py")).ok().lines())
        .containsExactly(
            "200", "user@example.com ['osmo-ml-team', 'osmo-user']", "osmo-ml-team osmo-user");
  }

  @Test
  void authlib_accepts_the_metadata() throws Exception {
    String python = pythonWith("authlib");
    Path script = Files.writeString(temp.resolve("validate.py"), VALIDATE_METADATA);

    for (String kind : List.of("oauth-authorization-server", "openid-configuration")) {
      String document =
          Http.anonymous(stack.url())
              .get("/.well-known/" + kind)
              .body()
              .replace(stack.url(), "https://osmo.example.com");
      Path input = Files.writeString(temp.resolve(kind), document);

      assertThat(
              run(
                      jwt,
                      "/bin/sh",
                      "-c",
                      "\"$0\" \"$1\" \"$2\" < \"$3\"",
                      python,
                      script.toString(),
                      kind.startsWith("openid") ? "openid" : "oauth",
                      input.toString())
                  .ok())
          .as(kind)
          .isEqualTo("valid\n");
    }
  }

  @Test
  void node_with_fetch_calls_the_api() throws Exception {
    assumeTrue(isInstalled("node"), "SKIPPED: node is not installed");

    assertThat(run(jwt, "node", example("api.mjs")).ok()).contains(TOKENS);
  }

  /** Downloads two libraries from the npm registry. */
  @Test
  @EnabledIfSystemProperty(named = "osmo.npm", matches = "true")
  void node_with_jose_and_openid_client_exchanges_verifies_and_introspects() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("node"));
    for (String file : List.of("package.json", "package-lock.json", "verify.mjs", "oauth.mjs")) {
      Files.copy(EXAMPLES.resolve(file), folder.resolve(file));
    }
    run(jwt, "npm", "ci", "--prefix", folder.toString()).ok();

    verifies("node", folder.resolve("verify.mjs").toString());
    assertThat(run(jwt, "node", folder.resolve("oauth.mjs").toString()).ok().lines())
        .containsExactly("osmo-ml-team osmo-user", "200", "osmo-ml-team osmo-user");
  }

  @Test
  void java_with_our_library_and_with_nimbus() throws Exception {
    Path classes = Files.createDirectory(temp.resolve("classes"));
    List<String> compiler = new ArrayList<>(List.of("-d", classes.toString(), "-Xlint:all,-path"));
    // Newer class files on the class path cause a warning.
    compiler.addAll(List.of("-Xlint:-classfile", "-Werror", "--release", "17", "-cp", classPath()));
    try (Stream<Path> sources = Files.list(EXAMPLES.resolve("java"))) {
      sources.map(Path::toString).sorted().forEach(compiler::add);
    }
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, compiler.toArray(String[]::new)))
        .isZero();

    assertThat(java(classes, "CallApi").ok()).contains("\"token_name\":\"user-token\"");
    assertThat(java(classes, "CallWithRestClient").ok()).contains(CLAIMS);
    for (String program : List.of("AcceptJwt", "Introspecting", "VerifyNimbus")) {
      assertThat(java(classes, program).ok()).contains(CLAIMS, "osmo-user", "osmo-ml-team");
      for (String other : List.of(forged(), pat(), jwtForReports)) {
        assertThat(java(classes, program, other).code()).as(program + " " + other).isNotZero();
      }
    }
  }

  /** Builds a project of Spring Boot, whose libraries are large. */
  @Test
  @EnabledIfSystemProperty(named = "osmo.spring", matches = "true")
  void spring_security_accepts_a_jwt_and_introspects() throws Exception {
    Path project = temp.resolve("spring");
    copy(EXAMPLES.resolve("spring"), project);
    run(
            jwt,
            RunningStack.HOME.resolve("mvnw").toString(),
            "-B",
            "-ntp",
            "-q",
            "-f",
            project.resolve("pom.xml").toString(),
            "package")
        .ok();
    try (Server server =
        Server.start(
            project.resolve("target/spring-1.jar"), "SERVER_PORT", Map.of("OSMO_TOKEN", pat()))) {
      accepts(server, "/hello");
      accepts(server, "/introspected/hello");
    }
  }

  @Test
  void quarkus_accepts_a_jwt_and_sends_its_own_with_the_filter() throws Exception {
    Http admin = Http.as(stack.url(), stack.file("admin-token"));
    String token = "/api/auth/user/user@example.com/access_token/quarkus";
    Path file =
        Files.writeString(temp.resolve("quarkus-token"), admin.postEmpty(token).text() + "\n");
    try (Server server =
        Server.start(
            EXAMPLES.resolve("quarkus/target/quarkus-app/quarkus-run.jar"),
            "QUARKUS_HTTP_PORT",
            Map.of("OSMO_TOKEN_FILE", file.toString()))) {
      accepts(server, "/hello");
      assertThat(new Http(server.url(), jwt).get("/admin").status()).isEqualTo(403);
      assertThat(Http.anonymous(server.url()).get("/self").status()).isEqualTo(401);
      Http caller = new Http(server.url(), jwt);
      assertThat(caller.get("/self").body()).contains(CLAIMS);

      String rotated = admin.postEmpty(token + "/rotate?grace=0").object().getString("token");
      Files.writeString(file, rotated + "\n");

      assertThat(caller.get("/self").body()).as("the second attempt").contains(CLAIMS);
    }
  }

  @Test
  void quarkus_with_openid_connect_accepts_a_jwt() throws Exception {
    try (Server server =
        Server.start(
            EXAMPLES.resolve("quarkus-oidc/target/quarkus-app/quarkus-run.jar"),
            "QUARKUS_HTTP_PORT",
            Map.of())) {
      accepts(server, "/hello");
      assertThat(new Http(server.url(), jwt).get("/admin").status()).isEqualTo(403);
    }
  }

  /** A server of an example. */
  private record Server(Process process, String url) implements AutoCloseable {
    static Server start(Path jar, String portVariable, Map<String, String> variables)
        throws IOException {
      int port = FreePorts.find(1).getFirst();
      ProcessBuilder builder =
          new ProcessBuilder(
              java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar.toString());
      builder.environment().put("OSMO_URL", stack.url());
      builder.environment().put(portVariable, Integer.toString(port));
      builder.environment().putAll(variables);
      builder
          .redirectErrorStream(true)
          .redirectOutput(Path.of("target", "example-" + port + ".log").toFile());
      Server server = new Server(builder.start(), "http://localhost:" + port);
      try {
        server.awaitReady();
        return server;
      } catch (Throwable failed) {
        server.close();
        throw failed;
      }
    }

    private void awaitReady() {
      Awaitility.await()
          .atMost(Patience.LONG)
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> !process.isAlive() || Http.anonymous(url).get("/hello").status() == 401);
      assertThat(process.isAlive()).as("the server runs").isTrue();
    }

    @Override
    public void close() {
      process.destroyForcibly();
      Awaitility.await().atMost(Patience.LONG).until(() -> !process.isAlive());
    }
  }

  private static void accepts(Server server, String path) throws Exception {
    assertThat(new Http(server.url(), jwt).get(path).body()).isEqualTo("Hello " + CLAIMS);
    for (String other : List.of(forged(), jwt + "x", pat(), jwtForReports)) {
      assertThat(new Http(server.url(), other).get(path).status())
          .as(path + " with " + other)
          .isEqualTo(401);
    }
  }

  private static void verifies(String... program) throws Exception {
    assertThat(run(jwt, program).ok()).contains(CLAIMS, "osmo-user", "osmo-ml-team");
    for (String other : List.of(forged(), pat(), jwtForReports)) {
      assertThat(run(other, program).code()).as(other).isNotZero();
    }
  }

  /** The text of the access token, which no server but the exchange may accept. */
  private static String pat() throws IOException {
    return Files.readString(stack.file("user-token")).strip();
  }

  /** Another signature of the right length. */
  private static String forged() {
    int at = jwt.length() - 20;
    return jwt.substring(0, at) + (jwt.charAt(at) == 'A' ? 'B' : 'A') + jwt.substring(at + 1);
  }

  private static Ran java(Path classes, String program) throws Exception {
    return java(classes, program, jwt);
  }

  private static Ran java(Path classes, String program, String jwt) throws Exception {
    return run(
        jwt,
        oldestJava(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        classes + ":" + classPath(),
        program);
  }

  /** Java 17 where Debian has it, because the library needs no more. */
  private static String oldestJava() throws IOException {
    Path all = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(all)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(all, "java-17-openjdk-*")) {
        for (Path home : found) {
          return home.resolve("bin/java").toString();
        }
      }
    }
    return java();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static String example(String name) {
    return EXAMPLES.resolve(name).toString();
  }

  /** An interpreter that has these modules. The first one on the PATH may be another one. */
  private static String pythonWith(String modules) throws Exception {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      if (isInstalled(python) && run(jwt, python, "-c", "import " + modules).code() == 0) {
        return python;
      }
    }
    assumeTrue(false, "SKIPPED: no python3 with the modules " + modules + " is installed");
    throw new AssertionError();
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
  }

  private static Ran run(String jwt, String... command) throws Exception {
    Path err = Files.createTempFile(temp, "example", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "OSMO_URL", stack.url(),
                "OSMO_TOKEN_FILE", stack.file("user-token").toString(),
                "OSMO_JWT", jwt));
    Finished finished = Finished.run(builder, Patience.LONG);
    return new Ran(finished.exitCode(), finished.output(), Files.readString(err));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        if (!each.toString().contains("target")) {
          Files.copy(each, to.resolve(from.relativize(each).toString()));
        }
      }
    }
  }
}
