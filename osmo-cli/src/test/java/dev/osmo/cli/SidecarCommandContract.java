package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code osmo sidecar once} and {@code wait}. {@code SidecarIT} has {@code run}. */
interface SidecarCommandContract extends CommandContract {

  @BeforeEach
  default void aTokenInTheEnvironment() {
    variable("OSMO_URL", url());
    variable("OSMO_TOKEN", token());
  }

  default Path file(String name) {
    return home().resolve(name);
  }

  default CommandResult once(String settings) {
    return run("sidecar", "once", "--sink", "file:" + file("jwt") + settings);
  }

  default String content() throws IOException {
    return Files.readString(file("jwt"));
  }

  @Test
  @Tag("I1")
  default void once_writes_the_jwt_and_prints_none() throws IOException {
    String jwt = FakeJwt.livingFor(300, "once");
    exchangeAnswers(jwt);

    CommandResult ran = once("");

    assertThat(ran.code()).isZero();
    assertThat(content()).isEqualTo(jwt);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("jwt"))))
        .isEqualTo("r--r-----");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith(file("jwt") + ": JWT valid until ").doesNotContain(jwt);
  }

  @Test
  default void each_format_is_what_its_readers_expect() throws IOException {
    String jwt = FakeJwt.livingFor(300, "formats");
    exchangeAnswers(jwt);

    assertThat(once(",format=header,mode=0600").code()).isZero();
    assertThat(content()).isEqualTo("Authorization: Bearer " + jwt + "\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("jwt"))))
        .isEqualTo("rw-------");

    assertThat(once(",format=env").code()).isZero();
    assertThat(content()).isEqualTo("OSMO_JWT=" + jwt + "\n");

    assertThat(once(",format=json").code()).isZero();
    assertThat(Contracts.json(content()).path("token").asText()).isEqualTo(jwt);
    assertThat(Contracts.json(content()).path("server").asText()).isEqualTo(url());

    assertThat(once(",format=docker,registry=registry.example.com:5000").code()).isZero();
    String auth =
        Contracts.json(content())
            .path("auths")
            .path("registry.example.com:5000")
            .path("auth")
            .asText();
    assertThat(new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8))
        .isEqualTo("osmo:" + jwt);
  }

  /** Two sinks with equal rights need one exchange. */
  @Test
  @Tag("I6")
  default void a_sink_can_have_fewer_rights() throws IOException {
    String whole = FakeJwt.livingFor(300, "whole");
    String narrow = FakeJwt.livingFor(300, "narrow");
    exchangeAnswers(whole);
    server()
        .stubFor(
            post(urlPathEqualTo("/oauth2/token"))
                .willReturn(okJson("{\"access_token\":\"" + narrow + "\",\"expires_in\":300}")));

    CommandResult ran =
        run(
            "sidecar",
            "once",
            "--sink=file:" + file("jwt"),
            "--sink=file:" + file("header") + ",format=header",
            "--sink=file:" + file("narrow") + ",audience=registry,roles=a+b");

    assertThat(ran.code()).isZero();
    assertThat(content()).isEqualTo(whole);
    assertThat(Files.readString(file("narrow"))).isEqualTo(narrow);
    sent(postRequestedFor(urlEqualTo(EXCHANGE)));
    sent(
        postRequestedFor(urlPathEqualTo("/oauth2/token"))
            .withRequestBody(containing("audience=registry"))
            .withRequestBody(containing("scope=a+b")));
  }

  @Test
  @Tag("I3")
  default void a_refused_token_writes_nothing_and_has_the_exit_code_of_a_login() {
    everythingAnswers(problem(401, "The token is not valid"));

    CommandResult ran = once("");

    assertThat(ran.code()).isEqualTo(4);
    assertThat(file("jwt")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jwt | does not begin with file:",
        "file: | names no file",
        "file:~/jwt | has a path that begins with ~",
        "file:jwt,format=xml | has a format that is not one of raw, header, json, env, docker",
        "file:jwt,mode=rw | has a mode that is not octal",
        "file:jwt,mode=4440 | has a mode that is not octal",
        "file:jwt,mode=0660 | has a mode that lets others write the file",
        "file:jwt,mode=0602 | has a mode that lets others write the file",
        "file:jwt,role=a | has \"role=a\"",
        "file:jwt,roles= | has \"roles=\"",
        "file:jwt,mode=0400,mode=0440 | has mode twice",
        "file:jwt,format=docker,registry=a/b | has a registry that is not a host name"
      })
  default void a_wrong_sink_is_explained(String sink, String why) {
    CommandResult ran = run("sidecar", "once", "--sink", sink);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(why).contains("Example: file:/run/osmo/jwt");
    assertThat(server().findAll(postRequestedFor(anyUrl()))).isEmpty();
  }

  @Test
  default void a_missing_folder_is_an_error_before_any_exchange() {
    CommandResult ran = run("sidecar", "once", "--sink", "file:" + home() + "/none/jwt");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("/none/jwt does not exist");
    assertThat(server().findAll(postRequestedFor(anyUrl()))).isEmpty();
  }

  @Test
  default void wait_looks_for_a_valid_jwt_in_every_format() throws IOException {
    exchangeAnswers(FakeJwt.livingFor(300, "wait"));
    for (String format : Stream.of("raw", "header", "json", "env", "docker").toList()) {
      String sink = "file:" + file("jwt") + ",format=" + format;
      Files.deleteIfExists(file("jwt"));

      CommandResult before = run("sidecar", "wait", "--timeout=0", "--sink", sink);
      assertThat(run("sidecar", "once", "--sink", sink).code()).isZero();
      CommandResult after = run("sidecar", "wait", "--timeout=0", "--sink", sink);

      assertThat(before.code()).as(format).isEqualTo(75);
      assertThat(before.err()).contains(file("jwt") + " has no valid JWT");
      assertThat(after).as(format).isEqualTo(new CommandResult(0, "", ""));
    }
  }

  /** Such as one that a killed sidecar left. */
  @Test
  default void wait_does_not_accept_an_expired_jwt() throws IOException {
    Files.writeString(file("jwt"), FakeJwt.livingFor(-1, "old"));

    assertThat(run("sidecar", "wait", "--timeout=0", "--sink=file:" + file("jwt")).code())
        .isEqualTo(75);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--listen=0.0.0.0:80 | --listen 0.0.0.0:80 would give JWTs to other machines",
        "--listen=:80 | would give JWTs to other machines",
        "--listen=localhost | is not an address to listen on",
        "--health=:0 | The sidecar would give its JWT to nobody",
        "--proxy=127.0.0.1:0 | --proxy and --upstream need each other",
        "--upstream=https://localhost | --proxy and --upstream need each other",
        "--upstream=ftp://localhost | it must start with https:// or http://",
        "--upstream=https://localhost,role=a | is not an address with settings",
        "--self-rotate=UPPER | is not the name of a Secret",
        "--self-rotate=a,life=1w | is not a Secret with settings",
        "--exec=[] | --exec is not a JSON array of words",
        "--exec=reload | --exec is not a JSON array of words",
        "--exec=[\"a\",1] | --exec is not a JSON array of words",
        "--signal=HUP | is not a signal and a process",
        "--signal=KILL:1 | is not a signal and a process",
        "--signal=HUP:app | is not a signal and a process"
      })
  default void a_wrong_option_of_run_is_explained(String option, String why) {
    CommandResult ran = run("sidecar", "run", option);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(why);
    assertThat(server().findAll(postRequestedFor(anyUrl()))).isEmpty();
  }

  @Test
  default void shutdown_and_wait_report_that_no_sidecar_answers() {
    CommandResult shutdown = run("sidecar", "shutdown", "--listen", "127.0.0.1:1");
    CommandResult waited = run("sidecar", "wait", "--timeout=0", "--health", "127.0.0.1:1");

    assertThat(shutdown.code()).isEqualTo(75);
    assertThat(shutdown.err()).contains("No sidecar answers on 127.0.0.1:1");
    assertThat(waited.code()).isEqualTo(75);
    assertThat(waited.err()).contains("The sidecar on 127.0.0.1:1 is not ready");
  }
}
