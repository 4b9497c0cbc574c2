package dev.osmo.exchange.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.osmo.exchange.outgoing.Answer.Json;
import dev.osmo.exchange.outgoing.Answer.None;
import dev.osmo.exchange.testing.Settings;
import dev.osmo.testkit.tls.TestAuthority;
import dev.osmo.testkit.tls.TlsServer;
import dev.osmo.testkit.waiting.Patience;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** TLS to token-service, with an authority that no JVM trusts. */
@Tag("I9")
class TokenServiceAuthorityTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static TestAuthority authority;
  private static TlsServer server;

  @BeforeAll
  static void start() throws Exception {
    authority = TestAuthority.create("localhost");
    server = TlsServer.start(authority, "{}");
  }

  @AfterAll
  static void stop() {
    server.close();
    VERTX.close();
  }

  @Test
  void the_authority_of_the_setting_is_trusted_for_token_service() throws Exception {
    assertThat(answer(authority.certificate(), "localhost", OutgoingHttp::sendToTokenService))
        .isInstanceOf(Json.class);
  }

  @Test
  void it_is_not_trusted_for_other_systems() throws Exception {
    assertThat(answer(authority.certificate(), "localhost", OutgoingHttp::send))
        .isInstanceOf(None.class);
  }

  @Test
  void another_authority_or_another_name_is_refused() throws Exception {
    Path other = TestAuthority.create("localhost").certificate();

    assertThat(answer(other, "localhost", OutgoingHttp::sendToTokenService))
        .isInstanceOf(None.class);
    assertThat(answer(authority.certificate(), "127.0.0.1", OutgoingHttp::sendToTokenService))
        .isInstanceOf(None.class);
  }

  private static Answer answer(
      Path trusted, String host, BiFunction<OutgoingHttp, OutgoingRequest, Uni<Answer>> send)
      throws Exception {
    OutgoingHttp http =
        new OutgoingHttp(
            VERTX,
            new ObjectMapper(),
            Settings.with(
                Map.of(
                    "auth-exchange.sign-in.deadline",
                    "PT1M",
                    "auth-exchange.token-service-ca-file",
                    trusted.toString())));
    Promise<Answer> answer = Promise.promise();
    VERTX.runOnContext(
        unused ->
            send.apply(http, OutgoingRequest.get(server.address(host)))
                .subscribe()
                .with(answer::complete, answer::fail));
    return answer
        .future()
        .toCompletionStage()
        .toCompletableFuture()
        .get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
  }
}
