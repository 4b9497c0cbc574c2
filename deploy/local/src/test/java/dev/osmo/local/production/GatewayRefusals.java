package dev.osmo.local.production;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the gateway refuses without a service, each with the problem document of a service. */
record GatewayRefusals(Operator operator, int port) {

  void check() throws IOException {
    Files.writeString(operator.folder().resolve("too-large"), "x".repeat(70_000));
    requests().forEach(this::check);
  }

  /** The options of curl, by status and problem. */
  private Map<String, String> requests() {
    String tooLong = "x".repeat(20_000);
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put("404 no-such-route", "https://osmo.example.com/nowhere");
    requests.put("400 bad-path", "https://osmo.example.com/oauth2//token");
    requests.put("400 malformed-request", "http://osmo.example.com:%d/".formatted(port));
    requests.put("405 method-not-allowed", "-X TRACE https://osmo.example.com/oauth2/token");
    requests.put(
        "413 payload-too-large", "--data-binary @too-large https://osmo.example.com/oauth2/token");
    requests.put("414 uri-too-long", "--http1.1 https://osmo.example.com/" + tooLong);
    requests.put(
        "431 headers-too-large", "--http1.1 -H 'X: " + tooLong + "' https://osmo.example.com/");
    return requests;
  }

  /**
   * @param expected the status and the problem
   * @param request the options of curl
   */
  void check(String expected, String request) {
    String status = expected.substring(0, 3);
    String name = expected.substring(4);
    String answer =
        operator.type(
            "curl -s -i --path-as-is --cacert tls/ca.crt -w '\n%%{http_code}' %s"
                .formatted(request));
    assertThat(answer).as(expected).contains("\n{");
    String body = answer.substring(answer.indexOf("\n{") + 1, answer.lastIndexOf('\n'));
    JsonObject problem = new JsonObject(body);

    assertThat(answer).as(expected).endsWith("\n" + status);
    assertThat(answer.lines().map(line -> line.toLowerCase(Locale.ROOT)))
        .as(expected)
        .contains(
            "content-type: application/problem+json",
            "cache-control: no-store",
            "link: </ui/problems#" + name + ">; rel=\"help\"");
    assertThat(problem.getMap())
        .as(expected)
        .containsEntry("type", "urn:osmo:problem:" + name)
        .containsEntry("status", Integer.valueOf(status))
        .containsEntry("message", problem.getString("detail"))
        .containsEntry("error_code", Integer.parseInt(status) < 500 ? "USER" : "OSMO_ERROR")
        .containsEntry("workflow_id", null)
        .containsKeys("title", "request_id");
  }
}
