package dev.osmo.devprovider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.devprovider.browser.FormBrowser;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeviceFlowTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-06-01T10:00:00Z"));
  private DevProvider provider;
  private OidcClient client;

  @BeforeEach
  void start() throws IOException {
    provider =
        DevProvider.start(
            DevProviderSettings.defaults()
                .withPollInterval(Duration.ofSeconds(5))
                .withClock(now::get));
    client = new OidcClient(provider);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void an_approved_device_gets_tokens_once() throws Exception {
    Map<String, Object> device = client.startDevice();
    String code = (String) device.get("device_code");
    assertThat(client.poll(code).error()).isEqualTo("authorization_pending");

    int page = approve(device, "user@example.com");
    later(5);

    OidcClient.Tokens tokens = client.poll(code);
    assertThat(page).isEqualTo(200);
    assertThat(OidcClient.groups(tokens.idToken())).containsExactly("osmo-users");
    assertThat(client.poll(code).error()).isEqualTo("invalid_grant");
  }

  @Test
  void every_early_poll_makes_the_interval_five_seconds_longer() throws Exception {
    String code = (String) client.startDevice().get("device_code");
    client.poll(code);

    later(4);
    assertThat(client.poll(code).error()).isEqualTo("slow_down");
    later(9);
    assertThat(client.poll(code).error()).isEqualTo("slow_down");
    later(15);
    assertThat(client.poll(code).error()).isEqualTo("authorization_pending");
  }

  @Test
  void cancel_and_a_disabled_user_are_denied() throws Exception {
    provider.disable("user@example.com");
    for (String button : new String[] {"", "user@example.com"}) {
      Map<String, Object> device = client.startDevice();

      approve(device, button);

      assertThat(client.poll((String) device.get("device_code")).error())
          .isEqualTo("access_denied");
    }
  }

  @Test
  void an_expired_code_can_be_neither_polled_nor_approved() throws Exception {
    Map<String, Object> device = client.startDevice();

    later(600);

    assertThat(approve(device, "user@example.com")).isEqualTo(400);
    assertThat(client.poll((String) device.get("device_code")).error()).isEqualTo("expired_token");
  }

  @Test
  void an_unknown_user_code_is_refused() throws Exception {
    assertThat(client.get("/device?user_code=WRONG").statusCode()).isEqualTo(400);
    assertThat(client.get("/device").body()).contains("Code shown there");
  }

  private static int approve(Map<String, Object> device, String user) throws Exception {
    return new FormBrowser(user)
        .signIn(URI.create((String) device.get("verification_uri_complete")))
        .statusCode();
  }

  private void later(int seconds) {
    now.updateAndGet(instant -> instant.plusSeconds(seconds));
  }
}
