package dev.osmo.http.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.http.start.StartRefused;
import dev.osmo.testkit.tls.TestAuthority;
import dev.osmo.testkit.tls.TlsServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("I9")
class AuthorityFileTest {

  private static TestAuthority authority;
  private static Path other;
  private static TlsServer server;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    authority = TestAuthority.create("localhost");
    other = TestAuthority.create("localhost").certificate();
    server = TlsServer.start(authority, "answer");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_server_whose_certificate_its_authority_signed_is_trusted() throws Exception {
    assertThat(get(authority.certificate(), "localhost")).isEqualTo("answer");
  }

  @Test
  void another_authority_is_not_trusted() {
    assertThatThrownBy(() -> get(other, "localhost")).isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void another_name_than_that_of_the_certificate_is_not_trusted() {
    assertThatThrownBy(() -> get(authority.certificate(), "127.0.0.1"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void every_authority_in_the_file_is_trusted() throws Exception {
    String both = Files.readString(other) + Files.readString(authority.certificate());

    assertThat(get(Files.writeString(folder.resolve("both.pem"), both), "localhost"))
        .isEqualTo("answer");
  }

  @Test
  void a_file_without_a_certificate_is_refused() throws IOException {
    assertRefused(folder.resolve("missing"), "cannot be read");
    assertRefused(Files.writeString(folder.resolve("empty"), ""), "contains no certificate");
    assertRefused(authority.serverKey(), "is not a PEM file of certificates");
    assertRefused(
        Files.writeString(folder.resolve("text"), "hello\n"), "is not a PEM file of certificates");
  }

  private static void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> new AuthorityFile(file).context())
        .isInstanceOf(StartRefused.class)
        .hasMessage("The file of certificate authorities %s %s.", file, why);
  }

  private static String get(Path authorities, String host)
      throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(new AuthorityFile(authorities).context()).build()) {
      return client
          .send(HttpRequest.newBuilder(server.address(host)).build(), BodyHandlers.ofString())
          .body();
    }
  }
}
