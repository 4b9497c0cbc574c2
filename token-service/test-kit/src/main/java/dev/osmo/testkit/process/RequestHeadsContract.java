package dev.osmo.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.contracts.TestTokens;
import dev.osmo.testkit.http.RawHttp;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, addresses and headers that a client invents, sent to the packaged service(). */
@Tag("I1")
public interface RequestHeadsContract {

  int MANY_REQUESTS = 2_000;

  /** The running service(). */
  ServiceProcess service();

  /** A public address that answers GET with 200. */
  String path();

  @Test
  default void invented_methods_share_one_metric() throws IOException {
    String token = TestTokens.random();
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < MANY_REQUESTS; i++) {
      requests.append("INVENTED%d %s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(i, path()));
    }
    requests.append(token).append(" " + path() + " HTTP/1.1\r\nHost: x\r\n");

    assertThat(send(requests.toString()).split("HTTP/1.1 405 ", -1)).hasSize(MANY_REQUESTS + 2);

    await()
        .atMost(Patience.LONG)
        .untilAsserted(() -> assertThat(service().metrics()).contains("method=\"OTHER\""));
    assertThat(service().metrics()).doesNotContain("INVENTED").doesNotContain(token);
    assertThat(service().output()).doesNotContain("INVENTED").doesNotContain(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET PATH?q=TOKEN HTTP/1.1|Host: a b",
        "GET PATH?q=TOKEN HTTP/1.1|Host: [::1",
        "GET PATH?q=TOKEN HTTP/1.1|Host: a:65536",
        "GET PATH?q=TOKEN HTTP/1.1|Host: a|Host: b",
        "GET PATH?q=TOKEN HTTP/1.1|X: none",
        "GET /%zz?access_token=TOKEN HTTP/1.1|Host: a",
        "GET PATH;q=%zz?access_token=TOKEN HTTP/1.1|Host: a",
        "GET PATH?q=%zz&access_token=TOKEN HTTP/1.1|Host: a",
        "GET PATH?q={TOKEN} HTTP/1.1|Host: a",
        "GET PATH?TOKEN|Host: a",
      })
  default void an_unreadable_head_gets_a_problem_document_and_is_not_logged(String head)
      throws IOException {
    String token = TestTokens.random();
    String request = head.replace("PATH", path()).replace("TOKEN", token).replace("|", "\r\n");

    assertThat(send(request + "\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json", "urn:osmo:problem:malformed-request")
        .doesNotContain(token);
    assertThat(service().output()).doesNotContain(token).doesNotContain("failed, error id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "%ff", "%0a", ";;", "//", "%25zz", "%2e%2e/", "%5c", ""})
  default void no_address_is_logged(String text) throws IOException {
    String token = TestTokens.random();

    for (String target :
        new String[] {path() + "?q=TOKEN" + text, "/TOKEN" + text, "/" + text + "TOKEN"}) {
      assertThat(send("GET " + target.replace("TOKEN", token) + " HTTP/1.1\r\nHost: a\r\n"))
          .startsWith("HTTP/1.1 400 ")
          .contains("application/problem+json")
          .doesNotContain(token);
    }
    assertThat(service().output()).doesNotContain(token);
  }

  @Test
  default void a_head_above_the_limit_gets_a_problem_document() throws IOException {
    String token = TestTokens.random();
    String longText = "x".repeat(20_000);

    assertThat(send("GET %s?%s%s HTTP/1.1\r\nHost: a\r\n".formatted(path(), token, longText)))
        .startsWith("HTTP/1.1 414 ")
        .contains("urn:osmo:problem:uri-too-long");
    assertThat(
            send(
                "GET %s?%s HTTP/1.1\r\nHost: a\r\nX-Long: %s\r\n"
                    .formatted(path(), token, longText)))
        .startsWith("HTTP/1.1 431 ")
        .contains("urn:osmo:problem:headers-too-large");
    assertThat(service().output()).doesNotContain(token);
  }

  @Test
  default void an_empty_chunked_body_is_no_body() throws IOException {
    String head = "GET " + path() + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    int port = service().address().getPort();

    assertThat(RawHttp.send(port, head + "0\r\n\r\n" + head + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .containsOnlyOnce("HTTP/1.1 ");
  }

  /** As simple health checks of load balancers send it. */
  @Test
  default void http_1_0_without_host_is_accepted() throws IOException {
    int management = service().managementAddress().getPort();

    assertThat(RawHttp.send(management, "GET /q/health/ready HTTP/1.0\r\n\r\n"))
        .startsWith("HTTP/1.0 200 ");
    assertThat(
            RawHttp.send(
                service().address().getPort(), "GET %s HTTP/1.0\r\n\r\n".formatted(path())))
        .startsWith("HTTP/1.0 200 ");
  }

  @Test
  default void a_refusal_below_the_http_server_is_counted() throws IOException {
    send("GET * HTTP/1.1\r\nHost: a\r\n");

    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () ->
                assertThat(service().metrics())
                    .containsPattern("osmo_denied_total\\{[^}]*reason=\"malformed-request\""));
  }

  private String send(String head) throws IOException {
    return RawHttp.send(service().address().getPort(), head + "Connection: close\r\n\r\n");
  }
}
