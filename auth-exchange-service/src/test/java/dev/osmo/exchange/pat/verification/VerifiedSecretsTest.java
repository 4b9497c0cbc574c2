package dev.osmo.exchange.pat.verification;

import static org.assertj.core.api.Assertions.assertThat;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import dev.osmo.exchange.pat.StoredSecret;
import dev.osmo.exchange.settings.AuthExchangeConfig;
import dev.osmo.exchange.testing.Settings;
import dev.osmo.pat.Lookup;
import dev.osmo.pat.PatText;
import dev.osmo.pat.Peppers;
import dev.osmo.pat.Phc;
import dev.osmo.testkit.contracts.Contracts;
import dev.osmo.testkit.contracts.TestTokens;
import io.smallrye.mutiny.Uni;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedSecretsTest {

  private static final Argon2 ARGON2 = Argon2Factory.create(Argon2Types.ARGON2id);
  private static final Map<String, String> DEFAULT_BOUNDS =
      Map.of(
          "auth-exchange.verification.min-memory-kib", "19456",
          "auth-exchange.verification.min-iterations", "2",
          "auth-exchange.verification.max-iterations", "10");
  private static final int CHEAP_KIB = 64;
  private static final int DEAR_KIB = 64 * 1024;

  private final AuthExchangeConfig config =
      Settings.with(
          Map.of(
              "auth-exchange.verification.threads", "1", "auth-exchange.verification.queue", "1"));
  private final Argon2Pool pool = new Argon2Pool(config);
  private final VerifiedSecrets verifiedSecrets = new VerifiedSecrets(pool, peppers(), config);

  @AfterEach
  void stop() {
    pool.stop();
  }

  @Test
  @Tag("I10")
  void a_secret_is_verified_once_however_often_it_is_presented() {
    PatText pat = new PatText(TestTokens.random());
    StoredSecret secret = secretOf(pat, CHEAP_KIB);

    List<SecretCheck> verdicts =
        IntStream.range(0, 50).mapToObj(i -> verdict(pat, secret)).toList();

    assertThat(verdicts).containsOnly(SecretCheck.MATCH);
    assertThat(pool.runs()).isEqualTo(1);
  }

  @Test
  void a_token_is_known_only_after_it_was_verified() {
    PatText pat = new PatText(TestTokens.random());
    assertThat(verifiedSecrets.contains(pat)).isFalse();

    verdict(pat, secretOf(pat, CHEAP_KIB));

    assertThat(verifiedSecrets.contains(pat)).isTrue();
    assertThat(verifiedSecrets.contains(new PatText(TestTokens.random()))).isFalse();
  }

  @Test
  void the_hash_of_another_token_is_refused() {
    PatText pat = new PatText(TestTokens.random());
    StoredSecret secret =
        new StoredSecret(
            UUID.randomUUID(),
            lookupOf(pat),
            secretOf(new PatText(TestTokens.random()), CHEAP_KIB).phc(),
            null,
            null,
            null);

    assertThat(verdict(pat, secret)).isEqualTo(SecretCheck.MISMATCH);
    assertThat(verifiedSecrets.contains(pat)).isFalse();
  }

  @Test
  void another_hash_of_a_known_secret_is_verified_again() {
    PatText pat = new PatText(TestTokens.random());
    StoredSecret genuine = secretOf(pat, CHEAP_KIB);
    StoredSecret replaced =
        new StoredSecret(
            genuine.id(),
            genuine.lookup(),
            secretOf(new PatText(TestTokens.random()), CHEAP_KIB).phc(),
            null,
            null,
            null);
    assertThat(verdict(pat, genuine)).isEqualTo(SecretCheck.MATCH);

    assertThat(verdict(pat, replaced)).isEqualTo(SecretCheck.MISMATCH);
  }

  @Test
  @Tag("I9")
  void another_token_is_not_mistaken_for_the_verified_one() {
    PatText pat = new PatText(TestTokens.random());
    StoredSecret genuine = secretOf(pat, CHEAP_KIB);
    PatText other = new PatText(TestTokens.random());
    StoredSecret sameSecret =
        new StoredSecret(genuine.id(), lookupOf(other), genuine.phc(), null, null, null);
    assertThat(verdict(pat, genuine)).isEqualTo(SecretCheck.MATCH);

    assertThat(verdict(other, sameSecret)).isEqualTo(SecretCheck.MISMATCH);
  }

  @Test
  @Tag("I10")
  void a_verification_above_the_queue_is_refused_and_not_remembered() {
    List<PatText> pats =
        IntStream.range(0, 8).mapToObj(i -> new PatText(TestTokens.random())).toList();
    List<StoredSecret> secrets = pats.stream().map(pat -> secretOf(pat, DEAR_KIB)).toList();

    List<SecretCheck> atOnce =
        Uni.join()
            .all(
                IntStream.range(0, pats.size())
                    .mapToObj(
                        i ->
                            verifiedSecrets
                                .verify(pats.get(i), secrets.get(i))
                                .memoize()
                                .indefinitely())
                    .peek(verdict -> verdict.subscribe().with(unused -> {}))
                    .toList())
            .andCollectFailures()
            .await()
            .indefinitely();

    assertThat(atOnce).contains(SecretCheck.BUSY).containsOnly(SecretCheck.BUSY, SecretCheck.MATCH);
    int refused = atOnce.indexOf(SecretCheck.BUSY);
    assertThat(verdict(pats.get(refused), secrets.get(refused))).isEqualTo(SecretCheck.MATCH);
  }

  @ParameterizedTest
  @Tag("I10")
  @ValueSource(
      strings = {
        "m=786432,t=2",
        "m=131073,t=2",
        "m=19455,t=2",
        "m=19456,t=1",
        "m=19456,t=11",
        "m=019456,t=2",
        "m=99999999999,t=2",
        "m=-1,t=2",
        "m=19456,t=2,data=x"
      })
  void a_hash_with_parameters_out_of_bounds_never_runs(String parameters) {
    PatText pat = new PatText(TestTokens.random());
    String end = "$" + "A".repeat(22) + "$" + "A".repeat(43);
    Phc phc = new Phc("$argon2id$v=19$" + parameters + ",p=1" + end);
    Argon2Pool bounded = new Argon2Pool(Settings.with(DEFAULT_BOUNDS));

    boolean verified = bounded.verify(phc, pat).join();

    assertThat(verified).isFalse();
    assertThat(bounded.runs()).isZero();
    bounded.stop();
  }

  @Test
  void a_hash_that_token_service_makes_is_within_the_default_bounds() {
    PatText pat = new PatText(TestTokens.random());
    Phc phc = new Phc(ARGON2.hash(2, 19_456, 1, pat.bytes()));
    Argon2Pool bounded = new Argon2Pool(Settings.with(DEFAULT_BOUNDS));

    assertThat(bounded.verify(phc, pat).join()).isTrue();
    bounded.stop();
  }

  @Test
  @Tag("I1")
  void a_stored_secret_prints_neither_lookup_nor_hash() {
    PatText pat = new PatText(TestTokens.random());
    StoredSecret secret = secretOf(pat, CHEAP_KIB);

    assertThat(secret)
        .asString()
        .doesNotContain(secret.phc().text())
        .doesNotContain(secret.lookup().hex());
  }

  private static Peppers peppers() {
    String line =
        Contracts.pepperFile().stream().filter(l -> l.startsWith("* ")).findFirst().orElseThrow();
    return Peppers.parse(List.of(line));
  }

  private SecretCheck verdict(PatText pat, StoredSecret secret) {
    return verifiedSecrets.verify(pat, secret).await().indefinitely();
  }

  private static StoredSecret secretOf(PatText pat, int kib) {
    Phc phc = new Phc(ARGON2.hash(1, kib, 1, pat.bytes()));
    return new StoredSecret(UUID.randomUUID(), lookupOf(pat), phc, null, null, null);
  }

  private static Lookup lookupOf(PatText pat) {
    return new Lookup("p1", HexFormat.of().formatHex(TestTokens.lookup(pat.text())));
  }
}
