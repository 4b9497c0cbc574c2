package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The credential file on full disks, after kills, and replaced by other kinds of files. */
class CredentialFileIT extends ProcessTest {
  private static final int NOBODY = 65534;

  @BeforeEach
  void aLoginToRenew() throws IOException {
    logIn();
    letTheJwtGetOld();
    server.stubFor(get(anyUrl()).willReturn(okJson("[]")));
  }

  /** Spread over the duration of an undisturbed run, and slightly longer. */
  @Test
  void a_kill_at_any_point_of_a_renewal_keeps_the_token() throws Exception {
    String[] command = {"token", "list"};
    long whole = nanosOf(command);
    for (int i = 0; i < kills(); i++) {
      letTheJwtGetOldAgain();
      runAndKill(whole * i / kills() * 5 / 4, command);

      assertThat(tokenInTheFile()).isEqualTo(token);
    }
    nothingIsLeftBehind();
  }

  /**
   * Each rotation returns a secret that differs from the last two, so that an old one is detected.
   * If the rotation reached the server, the old secret remains valid.
   */
  @Test
  void a_kill_at_any_point_of_a_rotation_keeps_the_old_or_the_new_secret() throws Exception {
    String[] command = {"token", "rotate", "self"};
    String first = tokenAfter(token);
    rotationGives(first);
    assertThat(run("token", "list").code()).as("now the JWT names its token").isZero();
    long whole = nanosOf(command);
    assertThat(tokenInTheFile()).isEqualTo(first);
    for (int i = 0; i < kills(); i++) {
      String old = tokenInTheFile();
      String newer = tokenAfter(old);
      rotationGives(newer);
      boolean ended = runAndKill(whole * i / kills() * 5 / 4, command);

      assertThat(tokenInTheFile()).isIn(ended ? List.of(newer) : List.of(old, newer));
    }
    nothingIsLeftBehind();
  }

  private long nanosOf(String... command) throws IOException {
    long began = System.nanoTime();
    assertThat(run(command).code()).isZero();
    return System.nanoTime() - began;
  }

  /** Whether it ended successfully before it was killed. */
  private boolean runAndKill(long afterNanos, String... command) throws Exception {
    Process process = start(command).process();
    boolean ended = process.waitFor(afterNanos, TimeUnit.NANOSECONDS);
    SystemProgram.exitOf(process.destroyForcibly());
    return ended && process.exitValue() == 0;
  }

  /** Temporary files are deleted by the next write, so the JWT has to be renewed. */
  private void nothingIsLeftBehind() throws IOException {
    letTheJwtGetOldAgain();
    assertThat(run("token", "list").code()).isZero();
    assertThat(config().toFile().list()).hasSize(2);
  }

  /** A secret that differs from those of the last rotations. */
  private static String tokenAfter(String old) {
    List<String> tokens = Contracts.tokenVectors().path("tokens").findValuesAsText("text");
    return tokens.get((tokens.indexOf(old) + 1) % tokens.size());
  }

  /** Set by {@code -Dosmo.kills=1000}. */
  private static int kills() {
    return Integer.getInteger("osmo.kills", NativeBinary.isThere() ? 150 : 20);
  }

  /** The token in use, whose old secret remains valid. */
  private void rotationGives(String newer) {
    exchangeAnswers(FakeJwt.withClaims("{\"iat\":1,\"exp\":301,\"pat_id\":\"pat_self\"}"));
    server.stubFor(
        post(urlPathEqualTo("/api/auth/access_token/self/rotate"))
            .willReturn(okJson("{\"token\":\"" + newer + "\",\"id\":\"pat_self\"}")));
  }

  @Test
  void temporary_files_of_killed_processes_are_deleted() throws IOException {
    Path left = Files.writeString(config().resolve(".credentials.json-123.tmp"), "{\"tok");

    assertThat(run("token", "list").code()).isZero();

    assertThat(left).doesNotExist();
  }

  @Test
  void a_renewal_on_a_full_disk_warns_and_loses_nothing() throws IOException {
    String before = Files.readString(credentials());

    CommandResult ran =
        shell("(ulimit -f 0; exec \"$0\" token list) 2>&1 | cat; exit ${PIPESTATUS[0]}");

    assertThat(ran.out()).startsWith("Warning: Cannot write " + credentials());
    assertThat(ran.code()).isZero();
    assertThat(Files.readString(credentials())).isEqualTo(before);
    assertThat(config().toFile().list()).hasSize(2);
  }

  @Test
  void a_renewal_in_a_read_only_home_warns_and_loses_nothing() throws IOException {
    String before = Files.readString(credentials());
    assumeTrue(
        shell("unshare -rm true").code() == 0,
        "NO NAMESPACES: a read-only home needs unshare with a mount of its own");

    CommandResult ran =
        shell(
            "exec unshare -rm sh -c 'mount --bind $1 $1 && mount -o remount,ro,bind $1 && exec $0"
                + " token list' \"$0\" "
                + home);

    assertThat(ran.err()).startsWith("Warning: Cannot write ").hasLineCount(1);
    assertThat(ran.code()).isZero();
    assertThat(Files.readString(credentials())).isEqualTo(before);
  }

  /** The rename over a mount point fails. */
  @Test
  void a_token_file_that_cannot_be_replaced_is_noticed_before_the_rotation() throws IOException {
    rotationGives(tokenAfter(token));
    Path file = Files.writeString(home.resolve("mounted"), "old");
    assumeTrue(
        shell("unshare -rm true").code() == 0,
        "NO NAMESPACES: a mounted file needs unshare with a mount of its own");

    CommandResult ran =
        shell(
            "exec unshare -rm sh -c 'mount --bind $1 $1 && exec $0 token rotate self"
                + " --token-file=$1' \"$0\" "
                + file);

    assertThat(ran.err()).startsWith("Error: Cannot write the token file " + file);
    assertThat(ran.code()).isEqualTo(2);
    server.verify(0, postRequestedFor(urlPathEqualTo("/api/auth/access_token/self/rotate")));
    assertThat(file).hasContent("old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"credentials.json", "credentials.lock"})
  void a_symbolic_link_in_place_of_the_file_is_refused(String name) throws IOException {
    Path elsewhere = home.resolve("elsewhere");
    Files.move(config().resolve(name), elsewhere);
    String before = Files.readString(elsewhere);
    Files.createSymbolicLink(config().resolve(name), elsewhere);

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("A symbolic link is in the place of " + config().resolve(name));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(Files.readString(elsewhere)).isEqualTo(before);
    nothingWasSent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"credentials.json", "credentials.lock"})
  void a_pipe_in_place_of_the_file_is_refused(String name) throws Exception {
    Files.delete(config().resolve(name));
    assertThat(SystemProgram.run("mkfifo", config().resolve(name).toString())).isZero();

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains("A pipe or a device is in the place of ");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void a_credential_file_of_another_user_is_refused() throws IOException {
    assumeTrue(isRoot(), "NOT AS ROOT: nobody else can give a file away");
    Files.setAttribute(credentials(), "unix:uid", NOBODY);

    CommandResult ran = run("token", "list");

    assertThat(ran.err()).contains(credentials() + " belongs to another user");
    assertThat(ran.code()).isEqualTo(2);
    nothingWasSent();
  }

  private void letTheJwtGetOldAgain() throws IOException {
    String file = Files.readString(credentials());
    Files.writeString(
        credentials(),
        file.replaceAll(
            "\"jwt_received_at\": \"[^\"]*\"", "\"jwt_received_at\": \"2026-01-01T00:00:00Z\""));
  }

  private String tokenInTheFile() throws IOException {
    return new ObjectMapper()
        .readTree(credentials().toFile())
        .at("/contexts/default/token")
        .asText();
  }

  private static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }
}
