package dev.osmo.devprovider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CodeFlowTest {
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
  void a_code_and_its_verifier_give_a_signed_id_token_with_name_and_groups() throws Exception {
    OidcClient.Tokens tokens = client.signIn("admin@example.com");

    IDTokenClaimsSet claims = client.verified(tokens.idToken(), new Nonce("n-1"));
    assertThat(claims.getSubject().getValue()).isEqualTo(DevUser.ADMIN.subject());
    assertThat(claims.getStringClaim("preferred_username")).isEqualTo("admin@example.com");
    assertThat(OidcClient.groups(tokens.idToken())).containsExactly("osmo-admins", "osmo-users");
  }

  @Test
  void the_redirect_repeats_the_state_and_names_the_issuer() throws Exception {
    Map<String, String> redirect =
        client.redirect(
            client.authorization(new CodeVerifier(), Map.of("state", "s-1")), "user@example.com");

    assertThat(redirect).containsEntry("state", "s-1").containsEntry("iss", provider.issuer());
  }

  @Test
  void cancel_and_a_disabled_user_are_denied() throws Exception {
    provider.disable("user@example.com");

    for (String button : new String[] {"", "user@example.com", "nobody"}) {
      assertThat(client.redirect(client.authorization(new CodeVerifier(), Map.of()), button))
          .containsEntry("error", "access_denied")
          .doesNotContainKey("code");
    }
  }

  @Test
  void a_request_without_s256_gets_no_code() throws Exception {
    for (Map<String, String> change :
        List.<Map<String, String>>of(
            Map.of("code_challenge", "", "code_challenge_method", ""),
            Map.of("code_challenge_method", "plain"))) {
      assertThat(
              client.redirect(client.authorization(new CodeVerifier(), change), "user@example.com"))
          .containsEntry("error", "invalid_request")
          .doesNotContainKey("code");
    }
  }

  @Test
  void an_unknown_client_or_a_redirect_to_another_machine_is_not_redirected() throws Exception {
    for (Map<String, String> change :
        List.<Map<String, String>>of(
            Map.of("client_id", "other"),
            Map.of("redirect_uri", "http://127.0.0.1.example.com/"),
            Map.of("redirect_uri", "https://example.com/"))) {
      String target = client.authorization(new CodeVerifier(), change).toString();

      HttpResponse<String> response = client.get(target.substring(provider.issuer().length()));

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.headers().firstValue("Location")).isEmpty();
    }
  }

  @Test
  void a_code_without_its_verifier_is_refused() throws Exception {
    CodeVerifier verifier = new CodeVerifier();

    assertThat(client.redeem(client.code(verifier, "user@example.com"), null).error())
        .isEqualTo("invalid_grant");
    assertThat(client.redeem(client.code(verifier, "user@example.com"), new CodeVerifier()).error())
        .isEqualTo("invalid_grant");
  }

  @Test
  void the_second_use_of_a_code_also_ends_the_first_sign_in() throws Exception {
    CodeVerifier verifier = new CodeVerifier();
    String code = client.code(verifier, "user@example.com");
    OidcClient.Tokens first = client.redeem(code, verifier);

    OidcClient.Tokens second = client.redeem(code, verifier);

    assertThat(second.error()).isEqualTo("invalid_grant");
    assertThat(client.refresh(first.refreshToken()).error()).isEqualTo("invalid_grant");
  }
}
