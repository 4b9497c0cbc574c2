package dev.osmo.exchange.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.testkit.contracts.TestTokens;
import dev.osmo.testkit.http.RawHttp;
import dev.osmo.testkit.postgres.MigratedPostgres;
import dev.osmo.testkit.process.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, addresses and headers that a client invents, sent to the packaged service. */
@Tag("I1")
class RequestHeadsIT {

  private static final String PATH = "/api/auth/login";
  private static final int MANY = 2_000;

  private static MigratedPostgres postgres;
  private static ServiceProcess service;

  @BeforeAll
  static void start() {
    postgres = MigratedPostgres.start();
    service = ServiceProcess.start(ServiceSetup.on(postgres).settings());
  }

  @AfterAll
  static void stop() {
    service.close();
    postgres.close();
  }

  @Test
  void invented_methods_share_one_metric() throws IOException {
    String token = TestTokens.random();
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < MANY; i++) {
      requests.append("INVENTED%d %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(i, PATH));
    }
    requests.append(token).append(" " + PATH + " HTTP/1.1\r\nHost: x\r\n");

    assertThat(send(requests.toString()).split("HTTP/1.1 405 ", -1)).hasSize(MANY + 2);

    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(() -> assertThat(service.metrics()).contains("method=\"OTHER\""));
    assertThat(service.metrics()).doesNotContain("INVENTED").doesNotContain(token);
    assertThat(service.output()).doesNotContain("INVENTED").doesNotContain(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET PATH?q=TOKEN HTTP/1.1|Host: a b",
        "GET PATH?q=TOKEN HTTP/1.1|Host: [::1",
        "GET PATH?q=TOKEN HTTP/1.1|Host: a:65536",
        "GET PATH?q=TOKEN HTTP/1.1|Host: a|Host: b",
        "GET PATH?q=TOKEN HTTP/1.1|X: none",
        "GET PATH?q=TOKEN HTTP/1.0|X: none",
        "GET /%zz?access_token=TOKEN HTTP/1.1|Host: a",
        "GET PATH;q=%zz?access_token=TOKEN HTTP/1.1|Host: a",
        "GET PATH?q=%zz&access_token=TOKEN HTTP/1.1|Host: a",
        "GET PATH?q={TOKEN} HTTP/1.1|Host: a",
        "GET PATH?TOKEN|Host: a",
      })
  void an_unreadable_head_gets_a_problem_document_and_is_not_logged(String head)
      throws IOException {
    String token = TestTokens.random();
    String request = head.replace("PATH", PATH).replace("TOKEN", token).replace("|", "\r\n");

    assertThat(send(request + "\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json", "urn:osmo:problem:malformed-request")
        .doesNotContain(token);
    assertThat(service.output()).doesNotContain(token).doesNotContain("failed, error id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "%ff", "%0a", ";;", "//", "%25zz", "%2e%2e/", "%5c", ""})
  void no_address_is_logged(String text) throws IOException {
    String token = TestTokens.random();

    for (String target :
        new String[] {PATH + "?q=TOKEN" + text, "/TOKEN" + text, "/" + text + "TOKEN"}) {
      assertThat(send("GET " + target.replace("TOKEN", token) + " HTTP/1.1\r\nHost: a\r\n"))
          .startsWith("HTTP/1.1 400 ")
          .contains("application/problem+json")
          .doesNotContain(token);
    }
    assertThat(service.output()).doesNotContain(token);
  }

  @Test
  void a_head_above_the_limit_gets_a_problem_document() throws IOException {
    String token = TestTokens.random();
    String longText = "x".repeat(20_000);

    assertThat(send("GET %s?%s%s HTTP/1.1\r\nHost: a\r\n".formatted(PATH, token, longText)))
        .startsWith("HTTP/1.1 414 ")
        .contains("urn:osmo:problem:uri-too-long");
    assertThat(
            send(
                "GET %s?%s HTTP/1.1\r\nHost: a\r\nX-Long: %s\r\n".formatted(PATH, token, longText)))
        .startsWith("HTTP/1.1 431 ")
        .contains("urn:osmo:problem:headers-too-large");
    assertThat(service.output()).doesNotContain(token);
  }

  @Test
  void an_empty_chunked_body_is_no_body() throws IOException {
    String head = "GET " + PATH + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    int port = service.address().getPort();

    assertThat(RawHttp.send(port, head + "0\r\n\r\n" + head + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .containsOnlyOnce("HTTP/1.1 ");
  }

  private static String send(String head) throws IOException {
    return RawHttp.send(service.address().getPort(), head + "Connection: close\r\n\r\n");
  }
}
