package dev.osmo.exchange.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.exchange.outgoing.Answer;
import dev.osmo.exchange.outgoing.Answer.Json;
import dev.osmo.exchange.outgoing.Answer.None;
import dev.osmo.exchange.outgoing.OutgoingHttp;
import dev.osmo.exchange.outgoing.OutgoingRequest;
import dev.osmo.exchange.provider.ProviderAnswer.NoIdToken;
import dev.osmo.exchange.provider.ProviderAnswer.Refused;
import dev.osmo.exchange.provider.ProviderAnswer.Tokens;
import dev.osmo.exchange.provider.ProviderAnswer.Unavailable;
import dev.osmo.http.issuer.IdentityProvider;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One identity provider, as its OAuth clients use it.
 *
 * <ol>
 *   <li>Addresses come from its discovery document, so credentials are sent to nobody else.
 *   <li>A confidential client authenticates with {@code client_secret_basic}.
 *   <li>No text of the provider reaches a caller or the log, except its error code if that has the
 *       form of one.
 * </ol>
 */
public final class Provider {

  private static final Logger LOG = Logger.getLogger(Provider.class);

  private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,40}");
  private static final long DEFAULT_INTERVAL = 5;
  private static final long SHORTEST_LIFE = 1;
  private static final long LONGEST_LIFE = 86_400;

  private final IdentityProvider settings;
  private final Map<String, ClientSecret> secrets;
  private final OutgoingHttp http;
  private final Discovery discovery;

  /**
   * @param secrets of the confidential clients, by their ids
   */
  Provider(IdentityProvider settings, Map<String, ClientSecret> secrets, OutgoingHttp http) {
    this.settings = settings;
    this.secrets = Map.copyOf(secrets);
    this.http = http;
    this.discovery = new Discovery(settings, http, System::nanoTime);
  }

  public IdentityProvider settings() {
    return settings;
  }

  /** The addresses of the provider; empty if they cannot be read. */
  public Uni<Optional<ProviderMetadata>> metadata() {
    return discovery.metadata();
  }

  /**
   * The addresses for a person who is about to sign in; empty if the provider does not answer now.
   * Otherwise, the person would wait before a page that does not load.
   */
  public Uni<Optional<ProviderMetadata>> confirmedMetadata() {
    return discovery.confirmed();
  }

  public Uni<ProviderAnswer> redeem(AuthorizationCode code) {
    return requestTokens(code.clientId(), code.parameters());
  }

  public Uni<ProviderAnswer> redeem(DeviceCode code) {
    return requestTokens(code.clientId(), code.parameters());
  }

  public Uni<ProviderAnswer> refresh(String clientId, ProviderRefreshToken token) {
    return requestTokens(
        clientId,
        Map.of(
            "grant_type", "refresh_token", "client_id", clientId, "refresh_token", token.text()));
  }

  /** Empty if the provider is away or does not accept the request. */
  public Uni<Optional<DeviceAuthorization>> authorize(DeviceRequest request) {
    return send(
            request.clientId(),
            metadata -> metadata.deviceAuthorizationEndpoint().orElse(null),
            request.parameters(settings.scopes()))
        .map(this::deviceAuthorization);
  }

  /** Asks the provider to revoke the token (RFC 7009), as far as it offers that. Never fails. */
  public Uni<Void> revoke(String clientId, ProviderRefreshToken token) {
    return send(
            clientId,
            metadata -> metadata.revocationEndpoint().orElse(null),
            Map.of(
                "client_id", clientId, "token", token.text(), "token_type_hint", "refresh_token"))
        .replaceWithVoid();
  }

  private Uni<ProviderAnswer> requestTokens(String clientId, Map<String, String> parameters) {
    return send(clientId, ProviderMetadata::tokenEndpoint, parameters).map(this::tokens);
  }

  private Uni<Answer> send(
      String clientId,
      Function<ProviderMetadata, @Nullable URI> endpoint,
      Map<String, String> parameters) {
    return metadata()
        .map(known -> known.map(endpoint))
        .chain(
            address ->
                address
                    .map(uri -> http.send(authenticated(clientId, uri, parameters)))
                    .orElseGet(() -> Uni.createFrom().item(new None("no such endpoint"))));
  }

  private OutgoingRequest authenticated(
      String clientId, URI address, Map<String, String> parameters) {
    OutgoingRequest request = OutgoingRequest.form(address, parameters);
    return Optional.ofNullable(secrets.get(clientId))
        .map(known -> request.with("Authorization", known.basic(clientId)))
        .orElse(request);
  }

  private ProviderAnswer tokens(Answer answer) {
    return switch (answer) {
      case None none -> unavailable(none.reason());
      case Json json when json.status() == 200 -> tokens(json);
      case Json json when json.status() == 400 || json.status() == 401 || json.status() == 403 ->
          refused(json);
      case Json json -> unavailable("status " + json.status());
    };
  }

  private ProviderAnswer tokens(Json json) {
    Optional<IdToken> idToken = json.text("id_token").map(IdToken::new);
    if (idToken.isEmpty()) {
      LOG.warnf("the provider gave no ID token: provider=%s", settings.name());
      return new NoIdToken();
    }
    return new Tokens(idToken.get(), json.text("refresh_token").map(ProviderRefreshToken::new));
  }

  private ProviderAnswer refused(Json json) {
    String code =
        json.text("error").filter(text -> ERROR_CODE.matcher(text).matches()).orElse("unknown");
    return ProviderError.of(code)
        .<ProviderAnswer>map(Refused::new)
        .orElseGet(() -> unavailable("error " + code));
  }

  private ProviderAnswer unavailable(String reason) {
    LOG.warnf("no usable answer of the provider: provider=%s reason=%s", settings.name(), reason);
    return new Unavailable();
  }

  private Optional<DeviceAuthorization> deviceAuthorization(Answer answer) {
    Optional<DeviceAuthorization> read =
        answer instanceof Json json && json.status() == 200
            ? deviceAuthorization(json)
            : Optional.empty();
    if (read.isEmpty()) {
      unavailable(
          switch (answer) {
            case None none -> none.reason();
            case Json json -> "status " + json.status() + " for a device";
          });
    }
    return read;
  }

  /** People type and visit what is in it, so all of it has the expected form. */
  private static Optional<DeviceAuthorization> deviceAuthorization(Json json) {
    Optional<String> deviceCode = json.text("device_code");
    Optional<String> userCode = json.text("user_code").filter(UserCode::isReadable);
    Optional<String> address = json.text("verification_uri").filter(UserCode::isPage);
    JsonNode expiresIn = json.body().path("expires_in");
    return deviceCode.isPresent() && userCode.isPresent() && address.isPresent()
        ? Optional.of(
            new DeviceAuthorization(
                deviceCode.get(),
                userCode.get(),
                address.get(),
                json.text("verification_uri_complete").filter(UserCode::isPage),
                Math.clamp(expiresIn.asLong(), SHORTEST_LIFE, LONGEST_LIFE),
                Math.clamp(
                    json.body().path("interval").asLong(DEFAULT_INTERVAL),
                    SHORTEST_LIFE,
                    LONGEST_LIFE)))
        : Optional.empty();
  }
}
