package dev.osmo.token.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.http.web.BearerCredential;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifiedJwtsTest {

  private static final BearerCredential JWT = new BearerCredential("one");
  private static final VerifiedClaims CLAIMS =
      new VerifiedClaims(
          "u",
          new ClaimedLogin.OfPat("pat_1", Optional.empty()),
          "jti",
          Set.of("osmo-user"),
          new Validity(0, 0, 300));

  private final VerifiedJwts verified = new VerifiedJwts();
  private final PublicKey key = key();
  private final KeySet keys = new KeySet(Map.of("k1", key));

  @Test
  void a_verified_jwt_is_found_with_the_same_keys() {
    verified.remember(JWT, keys, CLAIMS);

    assertThat(verified.find(JWT, keys)).contains(CLAIMS);
    assertThat(verified.find(JWT, new KeySet(Map.of("k1", key)))).contains(CLAIMS);
  }

  @Test
  void another_jwt_is_not_found() {
    verified.remember(JWT, keys, CLAIMS);

    assertThat(verified.find(new BearerCredential("one "), keys)).isEmpty();
  }

  @Test
  void a_jwt_is_verified_again_when_the_keys_change_or_are_stale() {
    verified.remember(JWT, keys, CLAIMS);

    assertThat(verified.find(JWT, new KeySet(Map.of("k1", key())))).isEmpty();
    assertThat(verified.find(JWT, new KeySet(Map.of("k2", key)))).isEmpty();
    assertThat(verified.find(JWT, KeySet.NONE)).isEmpty();
  }

  private static PublicKey key() {
    try {
      return KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
