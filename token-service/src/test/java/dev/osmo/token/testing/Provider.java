package dev.osmo.token.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A stand-in for several identity providers, which publishes their discovery documents and keys.
 * All keys have the same {@code kid}.
 */
public final class Provider implements AutoCloseable {

  private static final String CREATES =
      "\"user_claim\": \"preferred_username\", \"create_users\": true";
  private static final String COMPLETE = CREATES + ", \"no_claim_means_no_groups\": true";
  private static final String STRICT = "\"user_claim\": \"preferred_username\"";
  private static final String LINKS =
      "\"user_claim\": \"preferred_username\", \"link_existing_users\": true";
  private static final String MAIL = "\"user_claim\": \"email\", \"create_users\": true";

  private final HttpServer server;
  private final Map<String, SigningKey> keys = new ConcurrentHashMap<>();
  private final Set<String> away = ConcurrentHashMap.newKeySet();

  private Provider(HttpServer server) {
    this.server = server;
    goAway("away");
  }

  public static Provider start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      Provider provider = new Provider(server);
      server.createContext("/", provider::answer);
      server.start();
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file that describes the providers: {@code creates}, {@code strict}, {@code links}, … */
  public Path file() {
    try {
      Path file = Files.createTempFile("identity-providers", ".json");
      file.toFile().deleteOnExit();
      return Files.writeString(
          file,
          "{\"providers\": ["
              + String.join(
                  ",",
                  entry("creates", CREATES),
                  entry("complete", COMPLETE),
                  entry("strict", STRICT),
                  entry("links", LINKS),
                  entry("mail", MAIL),
                  entry("away", CREATES))
              + "]}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file that describes who may send events about the accounts of which provider. */
  public Path transmittersFile() {
    try {
      Path file = Files.createTempFile("event-transmitters", ".json");
      file.toFile().deleteOnExit();
      return Files.writeString(
          file,
          "{\"transmitters\": ["
              + transmitter("signals", "creates")
              + ","
              + transmitter("other-signals", "strict")
              + ","
              + transmitter("away", "creates")
              + "]}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String transmitter(String name, String provider) {
    return """
        {"name": "%s", "issuer": "%s", "audience": "https://osmo.test/ssf", "provider": "%s", "algorithms": ["ES256"]}
        """
        .formatted(name, issuer(name), provider);
  }

  public String issuer(String name) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
  }

  public SigningKey key(String name) {
    return keys.computeIfAbsent(name, unused -> SigningKey.make("the-same"));
  }

  /** A valid ID token of the provider, for its client, without groups. */
  public Jwt idToken(String name, String subject, String userId) {
    return Jwt.idToken(key(name), issuer(name), name + "-client", subject)
        .claim("preferred_username", userId)
        .claim("name", "A Person");
  }

  public Jwt idToken(String name, String subject, String userId, Collection<String> groups) {
    return idToken(name, subject, userId).claim("groups", List.copyOf(groups));
  }

  /** The client that every provider issues its ID tokens for is {@code NAME-client}. */
  private String entry(String name, String rest) {
    return """
        {"name": "%1$s", "issuer": "%2$s", "algorithms": ["ES256"], "browser_client": "%1$s-client", %3$s}
        """
        .formatted(name, issuer(name), rest);
  }

  /**
   * From now on, it does not respond with its keys, as the provider {@code away} from the start.
   */
  public void goAway(String name) {
    away.add(name);
  }

  public void comeBack(String name) {
    away.remove(name);
  }

  private void answer(HttpExchange request) throws IOException {
    String path = request.getRequestURI().getPath();
    String name = path.replaceAll("^/([^/]*).*", "$1");
    String document =
        path.endsWith("/keys")
            ? "{\"keys\":[" + key(name).publicJwk() + "]}"
            : "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(issuer(name));
    byte[] body = document.getBytes(StandardCharsets.UTF_8);
    request.getResponseHeaders().set("Content-Type", "application/json");
    request.sendResponseHeaders(away.contains(name) ? 503 : 200, body.length);
    request.getResponseBody().write(body);
    request.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
