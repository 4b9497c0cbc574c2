package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

interface ProfileCommandContract extends CommandContract {
  @BeforeEach
  default void loggedIn() {
    logIn();
  }

  @Test
  default void the_profile_is_listed() {
    everythingAnswers(
        okJson(
            """
            {"profile":{"username":"me","email_notification":true,"slack_notification":false,"pool":"p"},
             "roles":["a","b"],"pools":["p"],"token":{"name":"ci","expires_at":"2027-01-01T00:00:00"}}
            """));

    assertThat(run("profile", "list").out()).isEqualTo(Contracts.golden("profile-list"));
    assertThat(run("profile", "list", "--json=roles").out())
        .isEqualTo("{\n  \"roles\": [\n    \"a\",\n    \"b\"\n  ]\n}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pool fast | {\"pool\":\"fast\"} | Set pool: fast",
        "notifications email true | {\"email_notification\":true} | Set email_notification: true",
        "notifications slack FALSE | {\"slack_notification\":false} | Set slack_notification: false"
      })
  default void a_setting_is_sent_alone(String words, String body, String printed) {
    everythingAnswers(okJson("null"));

    assertThat(run(("profile set " + words).split(" ")))
        .isEqualTo(new CommandResult(0, printed + "\n", ""));
    sent(postRequestedFor(urlEqualTo("/api/profile/settings")).withRequestBody(equalToJson(body)));
  }

  @Test
  default void a_setting_is_printed_as_json() {
    everythingAnswers(okJson("null"));

    assertThat(run("profile", "set", "pool", "fast", "-t", "json").out())
        .isEqualTo("{\n  \"pool\": \"fast\"\n}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pool a true",
        "notifications foo true",
        "notifications email",
        "notifications email maybe",
        "colour red"
      })
  default void an_unknown_setting_is_a_usage_error(String words) {
    assertThat(run(("profile set " + words).split(" ")).code()).isEqualTo(2);
    nothingWasSent();
  }
}
