package dev.osmo.exchange.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.JWKGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Issuers of workload tokens with real keys. One publishes them at an address, one in a file, one
 * through its discovery document, one through the document of another issuer, and one cannot be
 * reached. The keys of the first two have the same {@code kid}.
 */
public final class WorkloadIssuers implements AutoCloseable {

  public static final String GITHUB = "https://token.actions.githubusercontent.com";
  public static final String CLUSTER = "https://kubernetes.default.svc";
  public static final String UNREACHABLE = "https://gone.example.com";
  static final String PRIVATE_KEYS = "private-keys.json";

  private final HttpServer server;
  private final Path file;

  private WorkloadIssuers(HttpServer server, Path file) {
    this.server = server;
    this.file = file;
  }

  static WorkloadIssuers start(Path folder) {
    try {
      JWK github = key(new RSAKeyGenerator(2048), JWSAlgorithm.RS256, "key-1");
      JWK cluster = key(new RSAKeyGenerator(2048), JWSAlgorithm.RS256, "key-1");
      JWK discovered = key(new ECKeyGenerator(Curve.P_256), JWSAlgorithm.ES256, "key-2");
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      String base = "http://127.0.0.1:" + server.getAddress().getPort();
      serve(server, "/github-keys", published(github));
      serve(server, "/discovered/keys", published(discovered));
      serve(
          server,
          "/discovered/.well-known/openid-configuration",
          "{\"issuer\": \"%s/discovered\", \"jwks_uri\": \"%s/discovered/keys\"}"
              .formatted(base, base));
      serve(
          server,
          "/mixed-up/.well-known/openid-configuration",
          "{\"issuer\": \"%s/discovered\", \"jwks_uri\": \"%s/discovered/keys\"}"
              .formatted(base, base));
      server.start();
      Path clusterKeys = folder.resolve("cluster-keys.json").toAbsolutePath();
      Files.writeString(clusterKeys, published(cluster));
      Files.writeString(
          folder.resolve(PRIVATE_KEYS),
          "{\"github\": %s, \"cluster\": %s, \"discovered\": %s}"
              .formatted(github.toJSONString(), cluster.toJSONString(), discovered.toJSONString()));
      Path file = folder.resolve("trusted-issuers.json");
      Files.writeString(
          file,
          """
          {"issuers": [
            {"name": "github", "issuer": "%s", "audience": "osmo", "subjects": "github", "keys": "%s/github-keys"},
            {"name": "cluster", "issuer": "%s", "audience": "osmo", "keys": "%s", "algorithms": ["RS256"]},
            {"name": "discovered", "issuer": "%s/discovered", "audience": "osmo"},
            {"name": "mixed-up", "issuer": "%s/mixed-up", "audience": "osmo"},
            {"name": "unreachable", "issuer": "%s", "audience": "osmo", "keys": "http://127.0.0.1:1/keys"}
          ]}
          """
              .formatted(GITHUB, base, CLUSTER, clusterKeys, base, base, UNREACHABLE));
      return new WorkloadIssuers(server, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file for {@code auth-exchange.trusted-issuers-file}. */
  Path file() {
    return file;
  }

  private static JWK key(JWKGenerator<?> generator, JWSAlgorithm algorithm, String kid)
      throws JOSEException {
    return generator.keyID(kid).keyUse(KeyUse.SIGNATURE).algorithm(algorithm).generate();
  }

  private static String published(JWK key) {
    return new JWKSet(key).toString(true);
  }

  private static void serve(HttpServer server, String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
