package dev.osmo.cli.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.environment.Variables;
import dev.osmo.cli.http.Connections;
import dev.osmo.cli.http.Endpoint;
import dev.osmo.cli.http.HttpRequest;
import dev.osmo.cli.http.HttpResponse;
import dev.osmo.cli.http.NetworkFault;
import dev.osmo.cli.http.RootCertificates;
import dev.osmo.cli.http.Route;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Reads and replaces Secrets in the pod's namespace. The address of the API, the token and the
 * certificate of the cluster are those that the kubelet gives to the pod; the token is read again
 * for each request, because the kubelet replaces it.
 */
@Singleton
public class ClusterSecrets {
  /** What happened to a change. */
  public enum Change {
    WRITTEN,
    /** Somebody else has changed the Secret since it was read. */
    CONFLICT,
    /** The response was lost, so the change may have been written. */
    UNKNOWN
  }

  /** Names another folder than the usual one, for a projected volume. */
  public static final String FOLDER_VARIABLE = "OSMO_SERVICE_ACCOUNT_DIR";

  private static final String FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int CONFLICT = 409;

  private final Variables variables;
  private final Connections connections = new Connections();

  ClusterSecrets(Variables variables) {
    this.variables = variables;
  }

  /**
   * Reads a Secret.
   *
   * @throws Failure if it cannot be read
   */
  public SecretState read(SecretName name) {
    try {
      HttpResponse response = sent("GET", name, new byte[0]);
      return Json.read(response.body())
          .filter(json -> response.status() == 200 && json instanceof ObjectNode)
          .map(json -> new SecretState(name, (ObjectNode) json))
          .orElseThrow(() -> refused("read", name, response.status()));
    } catch (NetworkFault | TimeoutException lost) {
      throw Failure.of(
          ExitCode.SERVER_ERROR, "The Kubernetes API cannot be reached", "It is tried again.");
    }
  }

  /**
   * Replaces a Secret, if nobody else has changed it since it was read: the API compares the
   * resource version.
   *
   * @throws Failure if the API refuses the change for another reason
   */
  public Change replace(SecretName name, SecretState changed) {
    try {
      HttpResponse response = sent("PUT", name, Json.bytes(changed.json()));
      if (response.status() == CONFLICT) {
        return Change.CONFLICT;
      }
      if (response.status() >= 500) {
        return Change.UNKNOWN;
      }
      if (response.status() != 200) {
        throw refused("replace", name, response.status());
      }
      return Change.WRITTEN;
    } catch (NetworkFault | TimeoutException lost) {
      return Change.UNKNOWN;
    }
  }

  private HttpResponse sent(String method, SecretName name, byte[] body)
      throws NetworkFault, TimeoutException {
    String path = "/api/v1/namespaces/" + file("namespace") + "/secrets/" + name.name();
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Bearer " + file("token"),
            "Accept",
            "application/json",
            "Content-Type",
            "application/json",
            "User-Agent",
            "osmo-cli");
    try {
      return connections.send(
          route(), new HttpRequest(method, path, headers, body), method.equals("GET"), LIMIT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
    }
  }

  private Route route() {
    String host = variables.variable("KUBERNETES_SERVICE_HOST").orElseThrow(ClusterSecrets::noPod);
    String port =
        variables
            .variable("KUBERNETES_SERVICE_PORT")
            .filter(text -> text.matches("\\d{1,5}"))
            .orElseThrow(ClusterSecrets::noPod);
    try {
      byte[] authority = Files.readAllBytes(folder().resolve("ca.crt"));
      return new Route(
          new Endpoint(host, Integer.parseInt(port)),
          Optional.of(new RootCertificates(authority).context()),
          Optional.empty());
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
      throw noAccount("ca.crt");
    }
  }

  private String file(String name) {
    try {
      String text = Files.readString(folder().resolve(name), StandardCharsets.US_ASCII).strip();
      if (text.matches("[A-Za-z0-9._~+/=-]+")) {
        return text;
      }
    } catch (IOException unreadable) {
      // Reported below.
    }
    throw noAccount(name);
  }

  private Path folder() {
    return variables.path(variables.variable(FOLDER_VARIABLE).orElse(FOLDER));
  }

  private Failure noAccount(String name) {
    return Failure.of(
        ExitCode.USER_ERROR,
        "Cannot read " + folder().resolve(name) + " of the pod's service account",
        "Mount the service account token, or name its folder in " + FOLDER_VARIABLE + ".");
  }

  private static Failure noPod() {
    return Failure.of(
        ExitCode.USER_ERROR,
        "osmo does not run in a pod: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are unset",
        "Use --self-rotate in Kubernetes only.");
  }

  private static Failure refused(String what, SecretName name, int status) {
    return Failure.of(
        ExitCode.FORBIDDEN,
        "The Kubernetes API does not let osmo "
            + what
            + " the Secret "
            + name.name()
            + " (status "
            + status
            + ")",
        "Allow get and update on this Secret to the pod's service account.");
  }
}
