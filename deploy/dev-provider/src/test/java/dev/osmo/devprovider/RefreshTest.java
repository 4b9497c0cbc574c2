package dev.osmo.devprovider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefreshTest {
  private DevProvider provider;
  private OidcClient client;

  @BeforeEach
  void start() throws IOException {
    provider = DevProvider.start(DevProviderSettings.defaults());
    client = new OidcClient(provider);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void each_refresh_gives_a_new_token_and_an_id_token_without_the_nonce() throws Exception {
    OidcClient.Tokens first = client.signIn("user@example.com");

    OidcClient.Tokens second = client.refresh(first.refreshToken());
    OidcClient.Tokens third = client.refresh(second.refreshToken());

    assertThat(List.of(first.refreshToken(), second.refreshToken(), third.refreshToken()))
        .doesNotHaveDuplicates();
    assertThat(SignedJWT.parse(third.idToken()).getJWTClaimsSet().getClaim("nonce")).isNull();
    client.verified(third.idToken(), null);
  }

  @Test
  void the_second_use_of_a_refresh_token_ends_the_sign_in() throws Exception {
    OidcClient.Tokens first = client.signIn("user@example.com");
    OidcClient.Tokens second = client.refresh(first.refreshToken());

    OidcClient.Tokens replayed = client.refresh(first.refreshToken());

    assertThat(replayed.error()).isEqualTo("invalid_grant");
    assertThat(client.refresh(second.refreshToken()).error()).isEqualTo("invalid_grant");
  }

  @Test
  void changed_groups_are_in_the_next_id_token() throws Exception {
    OidcClient.Tokens first = client.signIn("user@example.com");

    provider.setGroups("user@example.com", List.of("osmo-admins"));

    assertThat(OidcClient.groups(client.refresh(first.refreshToken()).idToken()))
        .containsExactly("osmo-admins");
  }

  @Test
  void a_disabled_user_gets_no_further_token() throws Exception {
    OidcClient.Tokens first = client.signIn("user@example.com");

    provider.disable("user@example.com");

    assertThat(client.refresh(first.refreshToken()).error()).isEqualTo("invalid_grant");
  }

  @Test
  void a_revoked_token_is_refused_and_an_unknown_one_is_revoked_silently() throws Exception {
    OidcClient.Tokens first = client.signIn("user@example.com");

    int known = client.post("/revoke", Map.of("token", first.refreshToken())).statusCode();
    int unknown = client.post("/revoke", Map.of("token", "unknown")).statusCode();

    assertThat(List.of(known, unknown)).containsOnly(200);
    assertThat(client.refresh(first.refreshToken()).error()).isEqualTo("invalid_grant");
  }
}
