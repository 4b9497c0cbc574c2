package dev.osmo.http.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.osmo.http.issuer.TokenCheck.Verified;
import dev.osmo.testkit.waiting.Patience;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tokens of several issuers at the same time. */
class IssuedTokensTest {

  private static final int ONE = 1;
  private static final int LONGEST = 16_384;

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close();
  }

  /** The keys of one come through a pipe, whose reader waits until somebody writes. */
  @Test
  @Tag("I10")
  void an_issuer_whose_keys_do_not_arrive_does_not_stop_another_one() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("key").generate();
    String keys = new JWKSet(key.toPublicJWK()).toString();
    Path pipe = folder.resolve("pipe");
    assertThat(Patience.exitOf(new ProcessBuilder("mkfifo", pipe.toString()).start())).isZero();
    Path file = Files.writeString(folder.resolve("keys.json"), keys);
    try (IssuedTokens tokens =
        new IssuedTokens(
            List.of(issuer("slow", pipe), issuer("other", file)), "test", ONE, ONE, LONGEST)) {
      CompletableFuture<TokenCheck> waiting = verify(tokens, token("slow", key));

      CompletableFuture<TokenCheck> other = verify(tokens, token("other", key));

      assertThat(await(other)).isInstanceOf(Verified.class);
      assertThat(waiting).isNotDone();
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .contains("test-0-0", "test-1-0");
      Files.writeString(pipe, keys);
      assertThat(await(waiting)).isInstanceOf(Verified.class);
    }
  }

  private CompletableFuture<TokenCheck> verify(IssuedTokens tokens, String text) {
    CompletableFuture<TokenCheck> result = new CompletableFuture<>();
    vertx.runOnContext(
        unused ->
            tokens.verify(text).subscribe().with(result::complete, result::completeExceptionally));
    return result;
  }

  private static TokenCheck await(CompletableFuture<TokenCheck> check) throws Exception {
    return check.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
  }

  private static EventTransmitter issuer(String name, Path keys) {
    return new EventTransmitter(
        name, "https://" + name, "osmo", "corp", Optional.of(keys.toString()), Set.of("ES256"));
  }

  private static String token(String issuer, ECKey key) throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(new JOSEObjectType("secevent+jwt"))
                .build(),
            new JWTClaimsSet.Builder()
                .issuer("https://" + issuer)
                .audience("osmo")
                .issueTime(Date.from(Instant.now()))
                .build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }
}
