package dev.osmo.cli.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.session.token.Jwt;
import java.nio.charset.StandardCharsets;

/**
 * What kubectl and other Kubernetes clients read from a credential plugin: {@code
 * client.authentication.k8s.io/v1}.
 */
final class ExecCredential {
  private static final String VERSION = "client.authentication.k8s.io/v1";

  private ExecCredential() {}

  /**
   * Refuses a client that wants another version of the protocol than we speak.
   *
   * @param execInfo the client's {@code KUBERNETES_EXEC_INFO}, empty when it sets none
   */
  static void check(String execInfo) {
    if (execInfo.isEmpty()) {
      return;
    }
    String wanted =
        Json.read(execInfo.getBytes(StandardCharsets.UTF_8))
            .map(info -> info.path("apiVersion"))
            .map(JsonNode::asText)
            .orElse("");
    if (!wanted.equals(VERSION)) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "The Kubernetes client wants " + wanted + ", osmo speaks " + VERSION,
          "Set apiVersion: " + VERSION + " for the plugin in the kubeconfig.");
    }
  }

  static String of(Jwt jwt) {
    ObjectNode json = Json.object().put("apiVersion", VERSION).put("kind", "ExecCredential");
    json.putObject("status")
        .put("expirationTimestamp", jwt.expiresAt().toString())
        .put("token", jwt.text());
    return Json.onOneLine(json);
  }
}
