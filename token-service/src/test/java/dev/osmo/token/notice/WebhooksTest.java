package dev.osmo.token.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.http.start.StartRefused;
import dev.osmo.testkit.contracts.Repository;
import dev.osmo.token.testing.WebhookInbox;
import dev.osmo.token.testing.WebhookInbox.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {

  /** The example of the reference implementations of Standard Webhooks. */
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com/osmo",
        "https://10.0.0.5:8443/osmo?source=osmo",
        "http://localhost:9000/",
        "http://127.0.0.1:9000",
        "http://[::1]:9000/hook"
      })
  void https_is_accepted_everywhere_and_http_for_loopback(String url) throws IOException {
    assertThat(read(entry("mail", url)).all()).extracting(Webhook::name).containsExactly("mail");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.com/osmo",
        "http://10.0.0.5/osmo",
        "http://localhost.example.com/",
        "http://127.0.0.1.example.com/",
        "https://user:password@hooks.example.com/",
        "https://hooks.example.com/#top",
        "ftp://hooks.example.com/",
        "hooks.example.com",
        ""
      })
  @Tag("I9")
  void another_address_is_refused_and_not_repeated(String url) throws IOException {
    String entry = entry("mail", url);

    assertThatThrownBy(() -> read(entry))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("has no https address")
        .hasMessageNotContaining("password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_c2hvcnQ=",
        "whsec_not base64",
        SECRET + "\n" + SECRET + "\n" + SECRET
      })
  @Tag("I9")
  void a_file_without_one_or_two_secrets_is_refused_and_not_repeated(String content)
      throws IOException {
    String entry = entry("mail", "https://hooks.example.com/");
    Files.writeString(folder.resolve("secret"), content);

    assertThatThrownBy(() -> read(entry))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("secret file of the webhook mail")
        .hasMessageContaining("must have one or two lines")
        .hasMessageNotContaining("MfKQ");
  }

  @Test
  void a_literal_secret_two_of_one_name_and_no_list_are_refused() throws IOException {
    String mail = entry("mail", "https://hooks.example.com/");

    assertThatThrownBy(() -> read(mail + "," + mail)).hasMessageContaining("the same name");
    assertThatThrownBy(() -> read(mail.replace("\"secret_file\"", "\"secret\"")))
        .hasMessageContaining("has the unknown field secret");
    assertThatThrownBy(() -> read(entry("Mail", "https://hooks.example.com/")))
        .hasMessageContaining("whose name is not");
    assertThatThrownBy(
            () -> Webhooks.read(Optional.of(Files.writeString(folder.resolve("empty"), "{}"))))
        .hasMessageContaining("has no list of webhooks");
    assertThat(Webhooks.read(Optional.empty()).all()).isEmpty();
  }

  @Test
  @Tag("I1")
  void nothing_prints_a_secret_or_an_address() throws IOException {
    Webhook webhook = read(entry("mail", "https://hooks.example.com/s3cr3t-path")).all().getFirst();

    assertThat(
            webhook.toString()
                + webhook.secrets()
                + new Webhooks(java.util.List.of(webhook))
                + new Webhook.Entry("mail", "https://hooks.example.com/s3cr3t-path", "file", null))
        .doesNotContain("MfKQ", "whsec", "s3cr3t");
  }

  @Test
  void a_message_is_signed_as_the_reference_implementations_do() throws IOException {
    try (WebhookInbox inbox = WebhookInbox.open();
        WebhookClient client =
            new WebhookClient(read(entry("mail", inbox.url())).all().getFirst())) {
      client
          .send(
              "msg_p5jXN8AQM9LWM0D4loKWxJek",
              "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8),
              Instant.ofEpochSecond(1_614_265_330))
          .join();

      Received received = inbox.received().getFirst();
      assertThat(received.id()).isEqualTo("msg_p5jXN8AQM9LWM0D4loKWxJek");
      assertThat(received.timestamp()).isEqualTo("1614265330");
      assertThat(received.signature()).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
  }

  /** Another one would be refused. */
  @ParameterizedTest
  @CsvSource({"P365D, 90d", "P90D, 90d", "P30D, 30d", "PT36H, 1d", "PT12H, 12h", "PT30M, 30m"})
  void the_command_renews_for_at_most_the_longest_lifetime(Duration longest, String lifetime) {
    Notice.Sender sender = new Notice.Sender(null, longest);

    assertThat(Notice.test(Instant.EPOCH, sender).data().renew().command())
        .isEqualTo("osmo token rotate example --expires-in " + lifetime);
  }

  @Test
  void an_address_that_nobody_listens_on_is_a_failed_delivery_that_does_not_name_it()
      throws IOException {
    WebhookInbox inbox = WebhookInbox.open();
    inbox.close();
    try (WebhookClient client =
        new WebhookClient(read(entry("mail", inbox.url())).all().getFirst())) {
      assertThat(client.send("msg_1", new byte[0], Instant.EPOCH).join())
          .isEqualTo(new WebhookClient.Delivery.Failed("ConnectException"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.5, PT30S",
    "2, 0.5, PT1M",
    "3, 0.5, PT2M",
    "10, 0.5, PT4H16M",
    "11, 0.5, PT6H",
    "1000, 0.5, PT6H",
    "1, 0, PT24S",
    "1, 1, PT36S"
  })
  void the_pause_doubles_up_to_six_hours(int attempt, double random, Duration expected) {
    assertThat(Backoff.after(attempt, random)).isEqualTo(expected);
  }

  @Test
  void the_file_of_the_manifests_can_be_used() throws IOException {
    Files.writeString(folder.resolve("mail"), SECRET);
    String text =
        Files.readString(Repository.path("deploy/k8s/components/expiry-notices/webhooks.json"));

    assertThat(
            Webhooks.read(
                    Optional.of(
                        Files.writeString(
                            folder.resolve("webhooks.json"),
                            text.replace("/run/secrets/osmo-webhooks", folder.toString()))))
                .names())
        .containsExactly("mail");
  }

  private String entry(String name, String url) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    return "{\"name\": \"%s\", \"url\": \"%s\", \"secret_file\": \"%s\"}"
        .formatted(name, url, secret);
  }

  private Webhooks read(String entries) throws IOException {
    return Webhooks.read(
        Optional.of(
            Files.writeString(
                folder.resolve("webhooks.json"), "{\"webhooks\": [" + entries + "]}")));
  }
}
