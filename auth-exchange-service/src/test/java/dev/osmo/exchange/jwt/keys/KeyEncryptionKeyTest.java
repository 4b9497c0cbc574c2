package dev.osmo.exchange.jwt.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.osmo.exchange.jwt.material.KeyEncryptionKey;
import dev.osmo.exchange.jwt.material.KeyId;
import dev.osmo.exchange.jwt.material.SealedKey;
import dev.osmo.exchange.jwt.material.SigningKey;
import dev.osmo.exchange.testing.ServiceSetup;
import dev.osmo.http.start.StartRefused;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyEncryptionKeyTest {

  @TempDir Path folder;

  @Test
  void an_encrypted_key_is_decrypted_with_the_same_key_file_only() throws IOException {
    KeyEncryptionKey mine = keyOf(ServiceSetup.newKey());
    SealedKey sealed = SigningKey.generate(mine);

    assertThat(mine.open(sealed)).isPresent();
    assertThat(keyOf(ServiceSetup.newKey()).open(sealed)).isEmpty();
  }

  @Test
  void an_encrypted_key_is_not_decrypted_under_another_id() throws IOException {
    KeyEncryptionKey mine = keyOf(ServiceSetup.newKey());
    SealedKey one = SigningKey.generate(mine);
    SealedKey other = SigningKey.generate(mine);

    SealedKey moved = new SealedKey(other.id(), other.publicJwk(), one.privatePart());

    assertThat(mine.open(moved)).isEmpty();
  }

  @Test
  @Tag("I9")
  void a_damaged_private_key_is_not_decrypted() throws IOException {
    KeyEncryptionKey mine = keyOf(ServiceSetup.newKey());
    SealedKey sealed = SigningKey.generate(mine);

    for (int length : new int[] {0, 5, 12, 20, sealed.privatePart().length() - 1}) {
      Buffer part = sealed.privatePart().getBuffer(0, length);
      assertThat(mine.open(new SealedKey(sealed.id(), sealed.publicJwk(), part))).isEmpty();
    }
  }

  @Test
  @Tag("I9")
  void a_key_is_published_only_if_it_was_encrypted_with_the_key_file() throws IOException {
    KeyEncryptionKey mine = keyOf(ServiceSetup.newKey());
    SealedKey active = SigningKey.generate(mine);
    SealedKey foreign = SigningKey.generate(keyOf(ServiceSetup.newKey()));
    SealedKey strangersUnderOurSeal =
        new SealedKey(foreign.id(), foreign.publicJwk(), active.privatePart());
    SealedKey swapped =
        new SealedKey(SigningKey.generate(mine).id(), foreign.publicJwk(), active.privatePart());
    SealedKey unreadable = new SealedKey(new KeyId("nobody"), "{}", active.privatePart());
    SealedKey noObject = new SealedKey(new KeyId("array"), "[]", active.privatePart());
    SealedKey oddMembers = new SealedKey(new KeyId("odd"), "{\"kty\": 5}", active.privatePart());

    for (SealedKey bad :
        List.of(foreign, strangersUnderOurSeal, swapped, unreadable, noObject, oddMembers)) {
      KeyRing ring = KeyRing.of(both(active, bad), mine);

      assertThat(ring.published().byId()).containsOnlyKeys(active.id().value());
      assertThat(ring.jwks()).contains(active.id().value()).doesNotContain(bad.id().value());
      assertThat(ring.foreignKeys()).containsExactly(bad.id());
    }
  }

  @Test
  @Tag("I9")
  void a_replaced_public_key_is_not_published() throws IOException {
    KeyEncryptionKey mine = keyOf(ServiceSetup.newKey());
    SealedKey active = SigningKey.generate(mine);
    SealedKey retiring = SigningKey.generate(mine);
    SealedKey replaced =
        new SealedKey(retiring.id(), SigningKey.generate(mine).publicJwk(), retiring.privatePart());

    assertThat(KeyRing.of(both(active, replaced), mine).foreignKeys())
        .containsExactly(retiring.id());
  }

  @Test
  void the_public_jwk_contains_no_private_key() throws IOException {
    SealedKey sealed = SigningKey.generate(keyOf(ServiceSetup.newKey()));

    assertThat(sealed.publicJwk()).contains("\"kid\":\"" + sealed.id()).doesNotContain("\"d\"");
  }

  @Test
  void keys_are_masked_in_to_string() throws IOException {
    KeyEncryptionKey mine = keyOf(ServiceSetup.newKey());
    SealedKey sealed = SigningKey.generate(mine);
    KeyRing ring = KeyRing.of(only(sealed, KeyState.ACTIVE), mine);

    assertThat(mine).hasToString("key-encryption key");
    assertThat(sealed).hasToString("sealed key " + sealed.id());
    assertThat(ring.active().orElseThrow().key()).hasToString("signing key " + sealed.id());
  }

  @Test
  void without_an_active_key_nothing_is_signed_and_the_other_keys_are_published()
      throws IOException {
    KeyEncryptionKey mine = keyOf(ServiceSetup.newKey());
    SealedKey key = SigningKey.generate(mine);

    KeyRing ring = KeyRing.of(only(key, KeyState.PENDING), mine);

    assertThat(ring.active()).isEmpty();
    assertThat(ring.published().byId()).containsOnlyKeys(key.id().value());
  }

  @Test
  @Tag("I9")
  void an_active_key_of_another_key_file_neither_signs_nor_is_published() throws IOException {
    SealedKey foreign = SigningKey.generate(keyOf(ServiceSetup.newKey()));

    KeyRing ring = KeyRing.of(only(foreign, KeyState.ACTIVE), keyOf(ServiceSetup.newKey()));

    assertThat(ring.active()).isEmpty();
    assertThat(ring.jwks()).isEqualTo("{\"keys\":[]}");
    assertThat(ring.foreignKeys()).containsExactly(foreign.id());
  }

  @ParameterizedTest
  @Tag("I9")
  @ValueSource(strings = {"", "AAAA", "not base64 at all", "AAAA\nAAAA"})
  void a_malformed_key_file_refuses_the_start_with_the_reason(String content) {
    assertThatThrownBy(() -> keyOf(content))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("The key file " + folder.resolve("key"));
  }

  @Test
  @Tag("I9")
  void a_missing_key_file_refuses_the_start_with_the_reason() {
    assertThatThrownBy(() -> KeyEncryptionKey.read(folder.resolve("nothing")))
        .isInstanceOf(StartRefused.class)
        .hasMessageEndingWith("nothing does not exist.");
  }

  private static StoredKeys only(SealedKey key, KeyState state) {
    return new StoredKeys(
        List.of(new StoredKey(key, state, Instant.EPOCH, Duration.ZERO)), Instant.EPOCH);
  }

  private static StoredKeys both(SealedKey active, SealedKey retiring) {
    return new StoredKeys(
        List.of(
            new StoredKey(active, KeyState.ACTIVE, Instant.EPOCH, Duration.ZERO),
            new StoredKey(retiring, KeyState.RETIRING, Instant.EPOCH, Duration.ZERO)),
        Instant.EPOCH);
  }

  private KeyEncryptionKey keyOf(String content) throws IOException {
    return KeyEncryptionKey.read(Files.writeString(folder.resolve("key"), content));
  }
}
