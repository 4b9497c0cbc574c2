package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

interface VersionCommandContract extends CommandContract {
  String VERSION = Contracts.projectVersion();

  @Test
  default void both_versions_are_shown_without_credentials_being_sent() {
    logIn();
    everythingAnswers(okJson("{\"major\":\"1\",\"minor\":\"2\",\"revision\":\"3\",\"hash\":\"\"}"));

    assertThat(run("version").out())
        .isEqualTo(Contracts.golden("version", "client", VERSION, "service", "1.2.3"));
    sent(getRequestedFor(urlEqualTo("/api/version")).withHeader("Authorization", absent()));
  }

  @Test
  default void without_a_login_or_a_server_our_own_version_is_shown() {
    assertThat(run("version").out()).isEqualTo("OSMO client version:  " + VERSION + "\n");

    logIn();
    server().stop();

    CommandResult ran = run("version");
    assertThat(ran.out()).isEqualTo("OSMO client version:  " + VERSION + "\n");
    assertThat(ran.code()).isZero();
  }

  @Test
  default void an_unreachable_service_is_null_in_json() {
    logIn();
    server().stop();

    CommandResult ran = run("version", "--json", "client,service");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("\"service\": null").contains("\"client\": {");
    assertThat(ran.code()).isZero();
  }

  @Test
  default void json_has_both_versions_in_parts() {
    logIn();
    everythingAnswers(
        okJson("{\"major\":\"1\",\"minor\":\"2\",\"revision\":\"3\",\"hash\":\"x\"}"));

    String[] parts = VERSION.split("\\.", -1);
    assertThat(run("version", "-t", "json").out())
        .isEqualTo(
            """
            {
                "client": {
                    "major": "%s",
                    "minor": "%s",
                    "revision": "%s",
                    "hash": ""
                },
                "service": {
                    "major": "1",
                    "minor": "2",
                    "revision": "3",
                    "hash": "x"
                }
            }
            """
                .formatted(parts[0], parts[1], parts[2]));
  }
}
