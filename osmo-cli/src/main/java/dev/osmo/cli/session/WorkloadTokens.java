package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.server.ServerResponse;
import dev.osmo.cli.server.ServerUrl;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The OpenID Connect token of the workload that osmo runs in, read again for every exchange: from
 * the file that {@code OSMO_WORKLOAD_TOKEN_FILE} names (Kubernetes), from {@code
 * OSMO_WORKLOAD_TOKEN} (GitLab CI), or from the address that GitHub Actions gives to a job with
 * {@code id-token: write}. It is never stored.
 */
@Singleton
class WorkloadTokens {
  static final String FILE = "OSMO_WORKLOAD_TOKEN_FILE";
  static final String TEXT = "OSMO_WORKLOAD_TOKEN";
  private static final String GITHUB_URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
  private static final String GITHUB_BEARER = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

  /** Larger than any token. A larger file was named by mistake. */
  private static final int LARGEST = 16 * 1024;

  private static final Pattern SHAPE =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  /** The part that {@link ServerUrl} accepts, and the path with the query. */
  private static final Pattern ADDRESS = Pattern.compile("(?<origin>https?://[^/?#]+)(?<rest>/.*)");

  private final Environment environment;
  private final Server server;

  WorkloadTokens(Environment environment, Server server) {
    this.environment = environment;
    this.server = server;
  }

  /**
   * Reads the current token.
   *
   * @param osmo the server that the token is for
   * @throws Failure if there is none
   */
  String current(ServerUrl osmo) {
    Optional<String> file = environment.variable(FILE);
    Optional<String> text = environment.variable(TEXT);
    if (file.isPresent() && text.isPresent()) {
      throw failure(FILE + " and " + TEXT + " are both set", "Unset one.");
    }
    return checked(
        file.map(this::content)
            .or(() -> text)
            .or(() -> environment.variable(GITHUB_URL).map(url -> ofGitHub(url, osmo)))
            .orElseThrow(WorkloadTokens::none));
  }

  private String content(String name) {
    try (InputStream in = Files.newInputStream(environment.path(name))) {
      return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8).strip();
    } catch (IOException | InvalidPathException unreadable) {
      throw failure(
          "Cannot read the workload token file " + name,
          "Check the path and that the file is readable.");
    }
  }

  /** The bearer of the request is sent to the address that GitHub gives, encrypted. */
  private String ofGitHub(String url, ServerUrl osmo) {
    Matcher address = ADDRESS.matcher(url);
    if (!address.matches()) {
      throw failure(GITHUB_URL + " is not an address", "GitHub Actions sets this variable.");
    }
    ServerUrl origin =
        new ServerUrl(address.group("origin"))
            .requireEncryption(false, "run osmo in a job of GitHub Actions");
    String rest = address.group("rest");
    String request =
        rest
            + (rest.contains("?") ? "&" : "?")
            + "audience="
            + URLEncoder.encode(audience(osmo), StandardCharsets.UTF_8);
    ServerResponse response =
        server.send(origin, RawRequest.of("GET", request), environment.variable(GITHUB_BEARER));
    JsonNode value = response.isOk() ? response.json().path("value") : null;
    if (value == null || !value.isTextual()) {
      throw Failure.of(
          ExitCode.SERVER_ERROR,
          "GitHub issued no token for this job (status " + response.status() + ")",
          "The job needs the permission id-token: write.");
    }
    return value.textValue();
  }

  private String audience(ServerUrl osmo) {
    return environment.variable("OSMO_WORKLOAD_AUDIENCE").orElse(osmo.text());
  }

  private static String checked(String token) {
    if (!SHAPE.matcher(token).matches()) {
      throw failure(
          "The workload token is not a JWT",
          "It is the OpenID Connect token that the platform issues for this workload.");
    }
    return token;
  }

  private static Failure none() {
    return failure(
        EnvironmentToken.WORKLOAD + " is set, but this workload has no token",
        "Set " + FILE + " or " + TEXT + ". In GitHub Actions, add the permission id-token: write.");
  }

  private static Failure failure(String what, String next) {
    return Failure.of(ExitCode.USER_ERROR, what, next);
  }
}
