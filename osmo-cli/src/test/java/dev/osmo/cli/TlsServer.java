package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;

/** A server with a certificate of an unknown authority. It exchanges every token. */
final class TlsServer implements AutoCloseable {
  private final WireMockServer server;
  private final TestCertificate certificate;

  private TlsServer(WireMockServer server, TestCertificate certificate) {
    this.server = server;
    this.certificate = certificate;
  }

  static TlsServer with(TestCertificate certificate) {
    WireMockServer server =
        new WireMockServer(
            options()
                .dynamicHttpsPort()
                .httpDisabled(true)
                .jettyAcceptors(1)
                .keystorePath(certificate.keys().toString())
                .keystorePassword(TestCertificate.PASSWORD)
                .keyManagerPassword(TestCertificate.PASSWORD));
    server.start();
    String jwt = FakeJwt.livingFor(300, "tls");
    server.stubFor(any(anyUrl()).willReturn(okJson("{\"token\":\"" + jwt + "\"}")));
    return new TlsServer(server, certificate);
  }

  int port() {
    return server.httpsPort();
  }

  /** For {@code OSMO_CA_FILE}: the authority's own certificate. */
  String authority() {
    return certificate.authority().toString();
  }

  String authorityInUpperCase() {
    return certificate.authorityInUpperCase().toString();
  }

  boolean wasTold(String header) {
    return server.getAllServeEvents().stream()
        .anyMatch(event -> event.getRequest().containsHeader(header));
  }

  int requests() {
    return server.getAllServeEvents().size();
  }

  @Override
  public void close() {
    server.stop();
  }
}
