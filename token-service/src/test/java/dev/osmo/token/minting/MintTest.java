package dev.osmo.token.minting;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MintTest {

  private final SecureRandom random = new SecureRandom();

  @Test
  void every_character_of_the_alphabet_occurs() {
    Set<Integer> seen = new HashSet<>();

    Base62.random(random, 20_000).chars().forEach(seen::add);

    assertThat(seen).hasSize(62);
  }

  @Test
  void no_two_tokens_are_the_same() {
    Set<String> texts = new HashSet<>();

    for (int i = 0; i < 1000; i++) {
      texts.add(PatText.ofBody(Base62.random(random, PatText.BODY_LENGTH)).text());
    }

    assertThat(texts).hasSize(1000);
  }

  @Test
  void nothing_secret_shows_itself_when_printed() {
    PatText text = PatText.ofBody(Base62.random(random, PatText.BODY_LENGTH));
    Pepper pepper = TokenVectorsTest.peppers().minting();
    MintedPat minted =
        new MintedPat(
            PatId.random(random), text, pepper.lookupOf(text), new Phc("$argon2id$v=19$abc"));

    assertThat(minted.toString() + pepper + TokenVectorsTest.peppers())
        .doesNotContain(text.text().substring(5))
        .doesNotContain(minted.lookup().hex())
        .doesNotContain("v=19")
        .contains(minted.id().value());
  }
}
