package dev.osmo.testkit.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.osmo.testkit.contracts.Repository;
import dev.osmo.testkit.files.MountedSecret;
import dev.osmo.testkit.tls.TestAuthority;
import dev.osmo.testkit.waiting.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TLS of a service with the settings of {@code deploy/k8s/components/service-tls} and no other.
 * Folder and ports are those of this run, and the files are read again as often as possible.
 */
public interface ServiceTlsContract {

  Pattern MOUNT = Pattern.compile("/run/secrets/osmo-(tls|service-ca)\\b");
  Pattern SETTING = Pattern.compile("- name: ([A-Z_]+)\\n +value: \"?([^\"\\n]+)\"?\\n");

  /** The name of the Deployment. */
  String service();

  /** A path of the service that needs no credential. */
  String path();

  /** The settings of a service process, without those for its TLS. */
  Map<String, String> settings(Path folder);

  @Test
  @Tag("I9")
  default void the_component_closes_the_port_without_tls_and_a_renewed_secret_needs_no_restart(
      @TempDir Path folder) throws Exception {
    TestAuthority authority = TestAuthority.create("localhost");
    TestAuthority next = TestAuthority.create("localhost");
    MountedSecret secret = new MountedSecret(Files.createDirectory(folder.resolve("tls")));
    mount(secret, authority);
    Map<String, String> settings = new HashMap<>(settings(folder));
    settings.putAll(ofTheComponent(secret.folder()));
    try (ServiceProcess process = ServiceProcess.start(settings)) {
      URI address = URI.create("https://localhost:" + process.address().getPort() + path());

      assertThat(process.address().getScheme()).as(process.output()).isEqualTo("https");
      assertThat(process.output()).doesNotContain("Listening on: http://");
      assertThat(status(address, authority)).isEqualTo(200);
      assertThatThrownBy(() -> status(address, next)).isInstanceOf(SSLException.class);
      assertThatThrownBy(
              () -> status(URI.create(address.toString().replace("https:", "http:")), authority))
          .isInstanceOf(IOException.class);

      mount(secret, next);

      await()
          .atMost(Patience.LONG)
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> status(address, next) == 200);
      assertThatThrownBy(() -> status(address, authority)).isInstanceOf(SSLException.class);
      assertThat(process.health("live")).isEqualTo(200);
    }
  }

  private Map<String, String> ofTheComponent(Path folder) throws IOException {
    String component =
        Files.readString(Repository.path("deploy/k8s/components/service-tls/kustomization.yaml"));
    String patch =
        component
            .split("name: " + service() + "\\n    patch: ", 2)[1]
            .split("\\n  - target:", 2)[0];
    Map<String, String> settings = new HashMap<>();
    SETTING
        .matcher(patch)
        .results()
        .forEach(
            found ->
                settings.put(
                    found.group(1),
                    MOUNT
                        .matcher(found.group(2))
                        .replaceAll(Matcher.quoteReplacement(folder.toString()))));
    assertThat(settings).containsKeys("QUARKUS_HTTP_SSL_PORT", "QUARKUS_HTTP_INSECURE_REQUESTS");
    settings.put("QUARKUS_HTTP_SSL_PORT", "0");
    settings.put("QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD", "30S");
    return settings;
  }

  private static void mount(MountedSecret secret, TestAuthority authority) {
    secret.put(
        Map.of(
            "tls.crt", text(authority.serverCertificate()),
            "tls.key", text(authority.serverKey()),
            "ca.crt", text(authority.certificate())));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On a new connection, because an open one keeps its certificate. */
  private static int status(URI address, TestAuthority authority) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting(authority)).build()) {
      return client
          .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static SSLContext trusting(TestAuthority authority)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream file = Files.newInputStream(authority.certificate())) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
