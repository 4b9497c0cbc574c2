package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static dev.osmo.cli.SignInServer.DEVICE;
import static dev.osmo.cli.SignInServer.ISSUER;
import static dev.osmo.cli.SignInServer.TOKEN;
import static dev.osmo.cli.SignInServer.oauthError;
import static dev.osmo.cli.SignInServer.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-in on another device, with a code. */
interface DeviceSignInCommandContract extends SignInScene {
  @Test
  default void the_device_flow_waits_for_the_person_and_slows_down() {
    offers(Map.of());
    provider().deviceStarts(ISSUER + "/device");
    provider()
        .tokenEndpointInTurn(
            oauthError("authorization_pending", ""),
            oauthError("slow_down", ""),
            tokens("refresh-1", "first"));

    long start = System.nanoTime();
    CommandResult ran = run("login", url(), "--method=code");
    long seconds = (System.nanoTime() - start) / 1_000_000_000;

    assertThat(ran.out())
        .isEqualTo(Contracts.golden("login", "url", url(), "name", "user@example.com"));
    assertThat(ran.err())
        .contains(ISSUER + "/device", "WDJB-MJHT")
        .doesNotContain("device-code-1", "refresh-1");
    assertThat(seconds).isGreaterThanOrEqualTo(1 + 1 + 6);
    server().verify(3, postRequestedFor(urlPathEqualTo(TOKEN)));
    assertThat(formOf(postRequestedFor(urlPathEqualTo(DEVICE))))
        .containsEntry("client_id", "device-client");
  }

  @ParameterizedTest
  @CsvSource({
    "expired_token, The code has expired, 4",
    "access_denied, refused by the person, 7",
    "invalid_grant, refused by the person, 4"
  })
  default void a_device_that_is_refused_ends_the_command(String error, String what, int code) {
    offers(Map.of());
    provider().deviceStarts(ISSUER + "/device");
    provider().tokenEndpoint(oauthError(error, "refused by the person"));

    CommandResult ran = run("login", url(), "--method=code");

    assertThat(ran.err()).contains(what).doesNotContain("<url>");
    assertThat(ran.code()).isEqualTo(code);
    assertThat(credentials()).doesNotExist();
  }

  @Test
  default void a_person_who_cancels_is_not_sent_to_an_administrator_first() {
    offers(Map.of());
    provider().deviceStarts(ISSUER + "/device");
    provider()
        .tokenEndpoint(
            aResponse()
                .withStatus(400)
                .withHeader("Content-Type", "application/json")
                .withBody(
                    "{\"error\":\"access_denied\",\"error_description\":\"It was denied\","
                        + "\"problem\":\"sign-in-denied\"}"));

    CommandResult ran = run("login", url(), "--method=code");

    assertThat(ran.err())
        .endsWith(
            "Error: It was denied. If you did not deny it, ask an administrator of the server.\n");
    assertThat(ran.code()).isEqualTo(4);
  }

  /** The person may be typing the code meanwhile (RFC 8628, section 3.5). */
  @ParameterizedTest
  @ValueSource(ints = {0, 502})
  default void a_device_waits_also_while_the_server_is_unavailable(int status) {
    offers(Map.of());
    provider().deviceStarts(ISSUER + "/device");
    provider()
        .tokenEndpointInTurn(
            status == 0
                ? aResponse().withFault(Fault.EMPTY_RESPONSE)
                : aResponse().withStatus(status),
            tokens("refresh-1", "first"));

    CommandResult ran = run("login", url(), "--method=code");

    assertThat(ran.err()).contains("Trying again.");
    assertThat(ran.out()).contains("Welcome user@example.com.");
    assertThat(ran.code()).isZero();
  }

  @Test
  default void a_device_page_that_is_not_encrypted_is_refused() {
    offers(Map.of());
    provider().deviceStarts("http://provider.example.com/device");

    CommandResult ran = run("login", url(), "--method=code");

    assertThat(ran.err()).contains("is not encrypted");
    assertThat(ran.code()).isEqualTo(10);
  }
}
