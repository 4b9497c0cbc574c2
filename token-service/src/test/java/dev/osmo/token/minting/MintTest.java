package dev.osmo.token.minting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.pat.PatId;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Pepper;
import dev.osmo.pat.Phc;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MintTest {

  private final SecureRandom random = new SecureRandom();

  @Test
  @Tag("I1")
  void a_minted_token_is_masked_in_to_string() {
    PatText text = PatText.random(random);
    Pepper pepper = Pepper.of("p1", new byte[32]);
    MintedPat minted =
        new MintedPat(
            PatId.random(random), text, pepper.lookupOf(text), new Phc("$argon2id$v=19$abc"));

    assertThat(minted.toString())
        .doesNotContain(text.text().substring(5))
        .doesNotContain(minted.lookup().hex())
        .doesNotContain("v=19")
        .contains(minted.id().value());
  }
}
