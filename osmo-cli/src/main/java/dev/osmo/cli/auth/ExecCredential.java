package dev.osmo.cli.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.session.Jwt;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The document that Kubernetes clients such as kubectl read from a credential plugin. */
final class ExecCredential {
  private static final String NEWEST = "client.authentication.k8s.io/v1";

  /** Both have the same document. */
  private static final List<String> VERSIONS =
      List.of(NEWEST, "client.authentication.k8s.io/v1beta1");

  private ExecCredential() {}

  /**
   * The API version that the client requests, or the newest if it requests none.
   *
   * @throws Failure if osmo does not support it
   * @param execInfo the client's {@code KUBERNETES_EXEC_INFO}, empty if not set
   */
  static String version(String execInfo) {
    if (execInfo.isEmpty()) {
      return NEWEST;
    }
    String requested =
        Json.read(execInfo.getBytes(StandardCharsets.UTF_8))
            .map(info -> info.path("apiVersion"))
            .map(JsonNode::asText)
            .orElse("");
    if (!VERSIONS.contains(requested)) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "The Kubernetes client requests "
              + requested
              + ", osmo supports "
              + String.join(", ", VERSIONS),
          "Set apiVersion: " + NEWEST + " for the plugin in the kubeconfig.");
    }
    return requested;
  }

  static String of(Jwt jwt, String version) {
    ObjectNode json = Json.object().put("apiVersion", version).put("kind", "ExecCredential");
    json.putObject("status")
        .put("expirationTimestamp", jwt.expiresAt().toString())
        .put("token", jwt.text());
    return Json.onOneLine(json);
  }
}
