package dev.osmo.devprovider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopbackTest {
  private DevProvider provider;

  @BeforeEach
  void start() throws IOException {
    provider = DevProvider.start(DevProviderSettings.defaults());
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void discovery_names_the_issuer_and_endpoints_of_this_server() throws Exception {
    OIDCProviderMetadata metadata =
        OIDCProviderMetadata.parse(
            new OidcClient(provider).get("/.well-known/openid-configuration").body());

    assertThat(metadata.getIssuer().getValue()).isEqualTo(provider.issuer());
    assertThat(metadata.supportsAuthorizationResponseIssuerParam()).isTrue();
    assertThat(
            List.of(
                metadata.getAuthorizationEndpointURI(),
                metadata.getTokenEndpointURI(),
                metadata.getDeviceAuthorizationEndpointURI()))
        .allMatch(uri -> uri.toString().startsWith(provider.issuer() + "/"));
  }

  @Test
  void no_other_address_of_the_machine_reaches_it() throws Exception {
    int port = URI.create(provider.issuer()).getPort();
    for (InetAddress address : otherAddresses()) {
      Assertions.assertThatThrownBy(() -> new Socket(address, port).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  /** The name of another site that resolves to 127.0.0.1. */
  @Test
  void a_request_for_another_host_gets_no_page() throws Exception {
    URI issuer = URI.create(provider.issuer());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), issuer.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /jwks HTTP/1.1\r\nHost: rebound.example.com\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));

      String response =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

      assertThat(response).startsWith("HTTP/1.1 404");
    }
  }

  private static List<InetAddress> otherAddresses() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .toList();
  }
}
