package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
class VersionTest extends CommandTest {
  private final String version =
      ConfigProvider.getConfig().getValue("quarkus.application.version", String.class);

  @Test
  void both_versions_are_shown_without_credentials_being_sent() {
    logIn();
    everythingAnswers(okJson("{\"major\":\"1\",\"minor\":\"2\",\"revision\":\"3\",\"hash\":\"\"}"));

    assertThat(run("version").out())
        .isEqualTo(Contracts.golden("version", "client", version, "service", "1.2.3"));
    sent(getRequestedFor(urlEqualTo("/api/version")).withHeader("Authorization", absent()));
  }

  @Test
  void without_a_login_or_a_server_our_own_version_is_shown() {
    assertThat(run("version").out()).isEqualTo("OSMO client version:  " + version + "\n");

    logIn();
    server.stop();

    Ran ran = run("version");
    assertThat(ran.out()).isEqualTo("OSMO client version:  " + version + "\n");
    assertThat(ran.code()).isZero();
  }

  @Test
  void json_holds_both_in_parts() {
    logIn();
    everythingAnswers(
        okJson("{\"major\":\"1\",\"minor\":\"2\",\"revision\":\"3\",\"hash\":\"x\"}"));

    String[] parts = version.split("\\.", -1);
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
