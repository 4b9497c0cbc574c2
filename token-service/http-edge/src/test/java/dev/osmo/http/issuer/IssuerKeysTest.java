package dev.osmo.http.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the keys of an issuer are read, cached and read again. */
class IssuerKeysTest {

  private final AtomicInteger reads = new AtomicInteger();
  private HttpServer server;
  private volatile String content = "";
  private volatile int status = 200;
  private JWKSource<SecurityContext> keys;

  @BeforeEach
  void issuer() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          reads.incrementAndGet();
          byte[] body = content.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    keys = IssuerKeys.of(issuer("http://127.0.0.1:" + server.getAddress().getPort() + "/keys"));
    publish(key("first"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void keys_are_read_once_and_then_cached() throws Exception {
    assertThat(find("first")).hasSize(1);
    assertThat(find("first")).hasSize(1);

    assertThat(reads).hasValue(1);
  }

  @Test
  void a_new_key_is_found_although_the_keys_are_cached() throws Exception {
    find("first");
    publish(key("first"), key("second"));

    assertThat(find("second")).hasSize(1);
  }

  @Test
  @Tag("I10")
  void unknown_keys_do_not_cause_a_read_each() {
    for (int i = 0; i < 20; i++) {
      findOrFail("unknown-" + i);
    }

    assertThat(reads.get()).isLessThanOrEqualTo(2);
  }

  @Test
  @Tag("I9")
  void without_any_keys_the_read_fails() {
    status = 500;

    assertThatThrownBy(() -> find("first")).isInstanceOf(KeySourceException.class);
  }

  /** Not "no such key", which would count as a failure of the caller. */
  @Test
  @Tag("I9")
  void without_any_keys_they_are_unavailable_however_often_they_are_needed() throws Exception {
    status = 500;

    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> find("first"))
          .isInstanceOf(KeySourceException.class)
          .isNotInstanceOf(RateLimitReachedException.class);
    }
    assertThat(reads.get()).isLessThan(5);
  }

  @Test
  @Tag("I9")
  void an_unknown_key_is_not_an_outage() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(find("unknown")).isEmpty();
    }
  }

  @Test
  @Tag("I9")
  void keys_that_are_not_a_key_set_fail() {
    content = "<html>";

    assertThatThrownBy(() -> find("first")).isInstanceOf(KeySourceException.class);
  }

  @Test
  @Tag("I10")
  void a_key_set_that_is_too_large_fails() {
    String small = content;
    content = " ".repeat(200 * 1024) + small;

    assertThatThrownBy(() -> find("first")).isInstanceOf(KeySourceException.class);
  }

  @Test
  @Tag("I9")
  void a_shared_secret_in_a_key_set_is_not_a_key() throws Exception {
    content = "{\"keys\": [{\"kty\": \"oct\", \"kid\": \"first\", \"k\": \"c2VjcmV0\"}]}";

    assertThat(findOrFail("first")).isEmpty();
  }

  private List<JWK> findOrFail(String kid) {
    try {
      return find(kid);
    } catch (KeySourceException limited) {
      return List.of();
    }
  }

  private List<JWK> find(String kid) throws KeySourceException {
    return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(kid).build()), null);
  }

  private void publish(JWK... published) {
    content = new JWKSet(List.of(published)).toString(true);
  }

  private static JWK key(String kid) throws Exception {
    return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
  }

  private static TrustedIssuer issuer(String keys) {
    return new TrustedIssuer(
        "test",
        "https://issuer.example.com",
        "osmo",
        Optional.empty(),
        Optional.of(keys),
        Set.of("ES256"));
  }
}
