package dev.osmo.exchange.jwt.material;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class RefreshTokenKeyTest {

  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  private final RefreshTokenKey key = of((byte) 1);

  private static RefreshTokenKey of(byte each) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, each);
    return RefreshTokenKey.derivedFrom(new KeyEncryptionKey(new SecretKeySpec(bytes, "AES")));
  }

  @Test
  void what_was_sealed_can_be_opened_after_a_restart() {
    byte[] sealed = key.seal(CONTENT);

    assertThat(of((byte) 1).open(sealed)).contains(CONTENT);
    assertThat(sealed).isNotEqualTo(key.seal(CONTENT));
  }

  @Test
  void a_change_of_any_byte_is_found() {
    byte[] sealed = key.seal(CONTENT);

    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(key.open(changed)).as("byte %d", i).isEmpty();
    }
  }

  @Test
  void a_part_of_it_cannot_be_opened() {
    byte[] sealed = key.seal(CONTENT);

    for (int length = 0; length < sealed.length; length++) {
      assertThat(key.open(Arrays.copyOf(sealed, length))).as("length %d", length).isEmpty();
    }
    assertThat(key.open(Arrays.copyOf(sealed, sealed.length + 1))).isEmpty();
  }

  @Test
  void another_key_file_does_not_open_it_and_has_another_id() {
    RefreshTokenKey other = of((byte) 2);

    assertThat(other.open(key.seal(CONTENT))).isEmpty();
    assertThat(other.id()).isNotEqualTo(key.id());
  }

  /** RFC 5869, appendix A.3, whose salt and info are empty; the first 32 bytes of the output. */
  @Test
  void keys_are_derived_as_the_standard_says() {
    byte[] input = new byte[22];
    Arrays.fill(input, (byte) 0x0b);

    byte[] derived = new KeyEncryptionKey(new SecretKeySpec(input, "AES")).derive("");

    assertThat(HexFormat.of().formatHex(derived))
        .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
  }

  @Test
  void no_part_of_a_key_is_printed() {
    assertThat(key.toString()).isEqualTo("refresh token key");
  }
}
