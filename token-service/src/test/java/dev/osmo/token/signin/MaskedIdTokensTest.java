package dev.osmo.token.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.http.issuer.VerifiedToken;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("I1")
class MaskedIdTokensTest {

  private static final String SECRET = "header.payload.signature";

  @Test
  void no_text_of_a_record_repeats_an_id_token_or_its_claims() {
    assertThat(new SignInResource.SignInBody(SECRET, "osmo-cli", SECRET, null).toString())
        .doesNotContain(SECRET);
    assertThat(
            new PresentedIdToken(SECRET, "osmo-cli", Optional.of(SECRET), Optional.empty())
                .toString())
        .doesNotContain(SECRET);
    assertThat(
            new VerifiedToken(
                    "https://idp.test",
                    "osmo-cli",
                    SECRET,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    Map.of("email", SECRET))
                .toString())
        .doesNotContain(SECRET);
  }
}
