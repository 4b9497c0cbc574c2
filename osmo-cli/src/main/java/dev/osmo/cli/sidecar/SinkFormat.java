package dev.osmo.cli.sidecar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Jwt;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a file contains. */
enum SinkFormat {
  /** The JWT alone. */
  RAW,
  /** The line of an HTTP header. */
  HEADER,
  JSON,
  /** The line of an environment file, as of Docker and systemd. */
  ENV,
  /** The configuration of Docker and of other clients of a container registry. */
  DOCKER;

  private static final Pattern JWT = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  static Optional<SinkFormat> named(String name) {
    return Stream.of(values()).filter(format -> format.toString().equals(name)).findFirst();
  }

  static String names() {
    return String.join(", ", Stream.of(values()).map(SinkFormat::toString).toList());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The content of a file.
   *
   * @param registry the host name for {@link #DOCKER}; that of the server if it is empty
   */
  byte[] content(Credential credential, Optional<String> registry) {
    Jwt jwt = credential.jwt();
    String text =
        switch (this) {
          case RAW -> jwt.text();
          case HEADER -> "Authorization: Bearer " + jwt.text() + "\n";
          case ENV -> "OSMO_JWT=" + jwt.text() + "\n";
          case JSON ->
              Json.onOneLine(
                      Json.object()
                          .put("token", jwt.text())
                          .put("expires_at", jwt.expiresAt().toString())
                          .put("server", credential.server().text()))
                  + "\n";
          case DOCKER -> docker(credential, registry) + "\n";
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String docker(Credential credential, Optional<String> registry) {
    String user = credential.jwt().claims().path("sub").asText("osmo");
    byte[] login = (user + ":" + credential.jwt().text()).getBytes(StandardCharsets.UTF_8);
    var auths = Json.object();
    auths
        .putObject(registry.orElseGet(() -> host(credential.server())))
        .put("auth", Base64.getEncoder().encodeToString(login));
    var config = Json.object();
    config.set("auths", auths);
    return Json.onOneLine(config);
  }

  private static String host(ServerUrl server) {
    return server.text().replaceFirst("^https?://", "").replaceFirst("/.*$", "");
  }

  /** The JWT in the content of a file; empty if there is none. */
  Optional<String> jwtIn(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return found(this == DOCKER ? login(content) : text);
  }

  private static String login(byte[] config) {
    return Json.read(config).map(json -> json.path("auths")).stream()
        .flatMap(auths -> StreamSupport.stream(auths.spliterator(), false))
        .map(SinkFormat::decoded)
        .findFirst()
        .orElse("");
  }

  private static String decoded(JsonNode auth) {
    try {
      return new String(
          Base64.getDecoder().decode(auth.path("auth").asText()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }

  private static Optional<String> found(String text) {
    Matcher jwt = JWT.matcher(text);
    return jwt.find() ? Optional.of(jwt.group()) : Optional.empty();
  }
}
