package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Unusual arguments, environments and file systems. */
interface HostileMachineCommandContract extends CommandContract {
  @Test
  default void an_argument_that_begins_with_an_at_sign_is_not_replaced_by_a_file()
      throws IOException {
    logIn();
    everythingAnswers(okJson("{}"));
    Path file = Files.writeString(home().resolve("body"), "{\"a\": \"b c\"}\n");

    run("api", "POST", "/api/x", "-d", "@" + file);
    run("user", "get", "@" + file);

    sent(postRequestedFor(urlEqualTo("/api/x")).withRequestBody(equalTo("{\"a\": \"b c\"}\n")));
    sent(getRequestedFor(urlEqualTo("/api/auth/user/@" + file.toString().replace("/", "%2F"))));
  }

  @Test
  default void a_file_cannot_add_options() throws IOException {
    Path file = Files.writeString(home().resolve("options"), "--help");

    assertThat(run("version", "@" + file).code()).isEqualTo(2);
  }
}
