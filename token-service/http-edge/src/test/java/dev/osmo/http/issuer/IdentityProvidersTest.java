package dev.osmo.http.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.http.start.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityProvidersTest {

  private static final String OURS = "https://osmo.test";

  private static final String SMALLEST =
      "{\"name\": \"corp\", \"issuer\": \"https://login.example.com/realms/corp\","
          + " \"browser_client\": \"osmo-cli\"}";

  private static final String COMPLETE =
      "{\"name\": \"corp\", \"issuer\": \"https://login.example.com/realms/corp\","
          + " \"display_name\": \"Example Corp\", \"algorithms\": [\"PS256\"],"
          + " \"keys\": \"/etc/osmo/corp.json\", \"browser_client\": \"osmo-browser\","
          + " \"device_client\": \"osmo-device\", \"client_secret_file\": \"/run/secret\","
          + " \"web_client\": \"osmo-web\", \"web_client_secret_file\": \"/run/web\","
          + " \"scopes\": [\"openid\", \"groups\"], \"user_claim\": \"email\","
          + " \"groups_claim\": \"roles\", \"no_claim_means_no_groups\": true,"
          + " \"create_users\": true,"
          + " \"link_existing_users\": true}";

  @TempDir Path folder;

  @Test
  void without_a_file_there_is_no_provider() {
    IdentityProviders none = IdentityProviders.read(Optional.empty(), OURS);

    assertThat(none.all()).isEmpty();
    assertThat(none.first()).isEmpty();
  }

  @Test
  void a_provider_with_the_required_fields_has_safe_defaults() {
    IdentityProvider provider = read("{\"providers\": [" + SMALLEST + "]}").first().orElseThrow();

    assertThat(provider.displayName()).isEqualTo("corp");
    assertThat(provider.algorithms()).isEqualTo(Set.of("RS256", "ES256"));
    assertThat(provider.keys()).isEmpty();
    assertThat(provider.clients().ids()).containsExactly("osmo-cli");
    assertThat(provider.clients().device()).isEmpty();
    assertThat(provider.clients().secretFile()).isEmpty();
    assertThat(provider.clients().web()).isEqualTo("osmo-cli");
    assertThat(provider.scopes()).containsExactly("openid", "profile", "email", "offline_access");
    assertThat(provider.claims()).isEqualTo(new IdentityProvider.Claims("sub", "groups", false));
    assertThat(provider.accounts()).isEqualTo(new IdentityProvider.Accounts(false, false));
  }

  @Test
  void every_field_of_a_provider_is_read() {
    IdentityProvider provider = read("{\"providers\": [" + COMPLETE + "]}").first().orElseThrow();

    assertThat(provider.displayName()).isEqualTo("Example Corp");
    assertThat(provider.algorithms()).containsExactly("PS256");
    assertThat(provider.keysFile()).contains(Path.of("/etc/osmo/corp.json"));
    assertThat(provider.clients())
        .isEqualTo(
            new IdentityProvider.Clients(
                "osmo-browser",
                Optional.of("osmo-device"),
                Optional.of(Path.of("/run/secret")),
                Optional.of(
                    new IdentityProvider.WebClient("osmo-web", Optional.of(Path.of("/run/web"))))));
    assertThat(provider.scopes()).containsExactly("openid", "groups");
    assertThat(provider.claims()).isEqualTo(new IdentityProvider.Claims("email", "roles", true));
    assertThat(provider.accounts()).isEqualTo(new IdentityProvider.Accounts(true, true));
  }

  @Test
  void a_provider_is_found_by_its_name_its_exact_claim_and_each_client_id() {
    IdentityProviders providers =
        read(
            "{\"providers\": ["
                + other("dev", "https://dev.test", "dev-cli")
                + ","
                + COMPLETE
                + "]}");

    IdentityProvider corp = providers.named("corp").orElseThrow();
    assertThat(providers.first()).isEqualTo(providers.named("dev"));
    assertThat(providers.find("https://login.example.com/realms/corp")).contains(corp);
    assertThat(providers.find("https://login.example.com/realms/corp/")).isEmpty();
    assertThat(providers.ofClient("osmo-browser")).contains(corp);
    assertThat(providers.ofClient("osmo-device")).contains(corp);
    assertThat(providers.ofClient("osmo-web")).contains(corp);
    assertThat(providers.ofClient("osmo")).isEmpty();
  }

  @Test
  void each_client_has_its_own_secret() {
    IdentityProvider.Clients clients =
        read("{\"providers\": [" + COMPLETE + "]}").first().orElseThrow().clients();
    IdentityProvider.Clients publicWeb =
        read("{\"providers\": ["
                + COMPLETE.replace("\"web_client_secret_file\": \"/run/web\",", "")
                + "]}")
            .first()
            .orElseThrow()
            .clients();

    assertThat(clients.secretFile("osmo-browser")).contains(Path.of("/run/secret"));
    assertThat(clients.secretFile("osmo-device")).contains(Path.of("/run/secret"));
    assertThat(clients.secretFile("osmo-web")).contains(Path.of("/run/web"));
    assertThat(publicWeb.secretFile("osmo-web")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"issuer\": \"https://login.example.com/realms/corp\" | \"issuer\": \"http://login.test\"",
        "\"issuer\": \"https://login.example.com/realms/corp\" | \"issuer\": \"https://osmo.test\"",
        "\"issuer\": \"https://login.example.com/realms/corp\" | \"issuer\": \"https://a.test?b\"",
        "\"issuer\": \"https://login.example.com/realms/corp\", | ''",
        "\"name\": \"corp\" | \"name\": \"Corp\"",
        "\"name\": \"corp\", | ''",
        "\"display_name\": \"Example Corp\" | \"display_name\": \" \"",
        "[\"PS256\"] | [\"HS256\"]",
        "[\"PS256\"] | [\"none\"]",
        "[\"PS256\"] | []",
        "[\"PS256\"] | [null]",
        "\"/etc/osmo/corp.json\" | \"corp.json\"",
        "\"/etc/osmo/corp.json\" | \"http://login.example.com/keys\"",
        "\"browser_client\": \"osmo-browser\", | ''",
        "\"osmo-browser\" | \"osmo browser\"",
        "\"osmo-device\" | \"\"",
        "\"/run/secret\" | \"secret\"",
        "\"/run/web\" | \"web\"",
        "\"web_client\": \"osmo-web\", | ''",
        "\"osmo-web\" | \"\"",
        "[\"openid\", \"groups\"] | [\"groups\"]",
        "[\"openid\", \"groups\"] | [\"openid\", \"two words\"]",
        "[\"openid\", \"groups\"] | []",
        "\"user_claim\": \"email\" | \"user_claim\": \"\"",
        "\"groups_claim\": \"roles\" | \"groups_claim\": \"\"",
        "\"no_claim_means_no_groups\": true | \"no_claim_means_no_groups\": \"perhaps\"",
        "\"create_users\": true | \"create_users\": \"perhaps\"",
        "\"create_users\": true | \"create_user\": true",
        "\"create_users\": true | \"create_users\": true, \"create_users\": false"
      })
  void an_entry_that_is_not_safe_stops_the_start(String good, String bad) {
    String entry = COMPLETE.replace(good, bad);

    assertThat(entry).isNotEqualTo(COMPLETE);
    refused("{\"providers\": [" + entry + "]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"providers\": null}",
        "{\"providers\": [null]}",
        "{\"providers\": []} {}"
      })
  void a_file_of_another_shape_stops_the_start(String content) {
    refused(content);
  }

  @ParameterizedTest
  @CsvSource({
    "corp, https://other.test, other-cli",
    "other, https://login.example.com/realms/corp, other-cli",
    "other, https://other.test, osmo-browser",
    "other, https://other.test, osmo-device",
    "other, https://other.test, osmo-web"
  })
  void two_providers_cannot_share_a_name_a_claim_or_a_client(
      String name, String issuer, String client) {
    refused("{\"providers\": [" + COMPLETE + "," + other(name, issuer, client) + "]}");
  }

  private static String other(String name, String issuer, String client) {
    return "{\"name\": \"%s\", \"issuer\": \"%s\", \"browser_client\": \"%s\"}"
        .formatted(name, issuer, client);
  }

  private void refused(String content) {
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("The file of identity providers " + folder);
  }

  private IdentityProviders read(String content) {
    try {
      Path file = Files.writeString(folder.resolve("providers.json"), content);
      return IdentityProviders.read(Optional.of(file), OURS);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
