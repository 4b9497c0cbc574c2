package dev.osmo.exchange.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.osmo.exchange.outgoing.Answer;
import dev.osmo.exchange.outgoing.OutgoingRequest;
import dev.osmo.exchange.provider.AuthorizationCode;
import dev.osmo.exchange.provider.DeviceAuthorization;
import dev.osmo.exchange.provider.DeviceCode;
import dev.osmo.exchange.provider.IdToken;
import dev.osmo.exchange.provider.ProviderAnswer;
import dev.osmo.exchange.provider.ProviderRefreshToken;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No {@code toString} prints a credential, also not within another record. */
@Tag("I1")
class SecretsTest {

  private static final String SECRET = "s3cret";

  static Stream<Object> records() {
    IdToken idToken = new IdToken(SECRET);
    ProviderRefreshToken token = new ProviderRefreshToken(SECRET);
    return Stream.of(
        idToken,
        token,
        new AuthorizationCode("client", SECRET, "http://127.0.0.1/", SECRET),
        new DeviceCode("client", SECRET, Optional.of(SECRET)),
        new DeviceAuthorization(SECRET, SECRET, "page", Optional.of(SECRET), 1, 1),
        new ProviderAnswer.Tokens(idToken, Optional.of(token)),
        new RefreshToken("osmo_rt_" + SECRET),
        new RefreshGrant(UUID.randomUUID(), "corp", "client", SECRET, 1),
        new SessionRequest(idToken, "client", Optional.of(SECRET), Optional.empty()),
        OutgoingRequest.form(URI.create("http://127.0.0.1/"), Map.of("code", SECRET))
            .with("Authorization", SECRET),
        new Answer.Json(
            200, JsonNodeFactory.instance.objectNode().put("id_token", SECRET), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("records")
  void no_record_prints_its_secret(Object credential) {
    assertThat(credential.toString()).isNotBlank().doesNotContain(SECRET);
  }
}
