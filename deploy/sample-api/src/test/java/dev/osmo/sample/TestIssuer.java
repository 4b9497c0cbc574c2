package dev.osmo.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Signs JWTs as osmo does and publishes the key set, on a port of its own. */
final class TestIssuer implements AutoCloseable {
  final EllipticCurveJsonWebKey key = newKey("key-1");

  private final List<EllipticCurveJsonWebKey> published = new CopyOnWriteArrayList<>(List.of(key));
  private final HttpServer server;
  private volatile boolean available;

  TestIssuer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/jwks.json", this::respond);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /**
   * Until this call, the response for the key set is 503, like a gateway whose services are still
   * starting.
   */
  void becomeAvailable() {
    available = true;
  }

  void publish(EllipticCurveJsonWebKey another) {
    published.add(another);
  }

  static EllipticCurveJsonWebKey newKey(String kid) {
    try {
      EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId(kid);
      key.setAlgorithm("ES256");
      key.setUse("sig");
      return key;
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
  }

  JwtClaims claims(String subject) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(url());
    claims.setAudience("osmo");
    claims.setSubject(subject);
    claims.setIssuedAtToNow();
    claims.setNotBeforeMinutesInThePast(0);
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setStringListClaim("roles", "osmo-user");
    return claims;
  }

  /** A JWT that is valid in all respects. */
  String jwtOf(String subject) {
    return sign(claims(subject), key);
  }

  /** A JWT that is valid but for one change of its claims. */
  String jwtWith(Consumer<JwtClaims> change) {
    JwtClaims claims = claims("user@example.com");
    change.accept(claims);
    return sign(claims, key);
  }

  static String sign(JwtClaims claims, EllipticCurveJsonWebKey key) {
    return sign(claims.toJson(), key, "at+jwt");
  }

  static String sign(String claims, EllipticCurveJsonWebKey key, String type) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmHeaderValue("ES256");
    jws.setHeader("typ", type);
    jws.setKeyIdHeaderValue(key.getKeyId());
    jws.setKey(key.getPrivateKey());
    jws.setPayload(claims);
    return serialized(jws);
  }

  static String serialized(JsonWebSignature jws) {
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new AssertionError(e);
    }
  }

  private void respond(HttpExchange exchange) throws IOException {
    byte[] body = new JsonWebKeySet(published).toJson().getBytes(StandardCharsets.UTF_8);
    if (available) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } else {
      exchange.sendResponseHeaders(503, -1);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
