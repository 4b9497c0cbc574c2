package dev.osmo.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Json;
import dev.osmo.client.wire.TokenRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Every route of token-service and auth-exchange-service that osmo calls, and of OSMO's workflow
 * API. Names are data: each becomes one encoded path segment.
 */
public final class OsmoApi {
  /** For help texts. */
  public static final String EXAMPLE = "/api/version";

  /** The token endpoint of RFC 6749. */
  public static final String TOKEN = "/oauth2/token";

  /** The device authorization endpoint of RFC 8628. */
  public static final String DEVICE = "/oauth2/device_authorization";

  private static final String OWN = "self";

  private OsmoApi() {}

  public static ServerRequest version() {
    return get("version");
  }

  /** The public keys that verify JWTs. Needs no JWT. */
  public static ServerRequest keys() {
    return get("auth", "keys");
  }

  public static ServerRequest policy() {
    return get("configs", "policy");
  }

  public static ServerRequest auditEvents() {
    return get("auth", "audit");
  }

  /** Exchanges an access token for a JWT. Repeating the exchange changes nothing. */
  public static RawRequest exchange(String token) {
    return post("auth", "jwt", "access_token")
        .withBody(Json.object().put("token", token))
        .raw()
        .withRetry(Retry.IDEMPOTENT);
  }

  /**
   * Exchanges an access token, or the token of a workload, for a JWT with certain rights. Repeating
   * the exchange changes nothing.
   */
  public static RawRequest exchange(TokenRequest request) {
    return form(TOKEN, request.form()).withRetry(Retry.IDEMPOTENT);
  }

  /** How people can sign in. Needs no JWT. */
  public static ServerRequest signIn(Optional<String> provider) {
    return get("auth", "login").with("provider", provider);
  }

  /**
   * Uses a refresh token (RFC 6749, section 6), which the server replaces. Not repeated after a
   * broken connection: the second use of a refresh token ends the session.
   *
   * @param roles empty: all roles
   */
  public static RawRequest refresh(
      String clientId, String token, Optional<String> audience, Collection<String> roles) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("grant_type", "refresh_token");
    parameters.put("client_id", clientId);
    parameters.put("refresh_token", token);
    audience.ifPresent(name -> parameters.put("audience", name));
    if (!roles.isEmpty()) {
      parameters.put("scope", String.join(" ", roles));
    }
    return form(TOKEN, parameters);
  }

  /** Redeems a code of a browser or of a device. Not repeated: a code can be used once. */
  public static RawRequest redeem(Map<String, String> parameters) {
    return form(TOKEN, parameters);
  }

  /** Starts the sign-in on another device (RFC 8628). */
  public static RawRequest deviceAuthorization(Map<String, String> parameters) {
    return form(DEVICE, parameters);
  }

  /** Revokes a refresh token, which ends its session (RFC 7009). Repeating it changes nothing. */
  public static RawRequest revoke(String clientId, String token) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("client_id", clientId);
    parameters.put("token", token);
    parameters.put("token_type_hint", "refresh_token");
    return revoke(parameters);
  }

  /** As {@link #revoke(String, String)}, for a refresh token whose client is not known. */
  public static RawRequest revoke(String token) {
    return revoke(Map.of("token", token));
  }

  private static RawRequest revoke(Map<String, String> parameters) {
    return form("/oauth2/revoke", parameters).withRetry(Retry.IDEMPOTENT);
  }

  private static RawRequest form(String path, Map<String, String> parameters) {
    return form(path, TokenRequest.form(parameters));
  }

  private static RawRequest form(String path, String parameters) {
    return RawRequest.of("POST", path)
        .withHeader("Content-Type", TokenRequest.MEDIA_TYPE)
        .withBody(parameters.getBytes(StandardCharsets.US_ASCII));
  }

  /** Reports access tokens as leaked. Needs no JWT; repeating a report changes nothing. */
  public static RawRequest reportLeaked(JsonNode tokens) {
    return post("auth", "leaked")
        .withBody(Json.object().set("tokens", tokens))
        .raw()
        .withRetry(Retry.IDEMPOTENT);
  }

  public static ServerRequest profile() {
    return get("profile", "settings");
  }

  public static ServerRequest changeProfile(JsonNode change) {
    return post("profile", "settings").withBody(change);
  }

  /** One user's access tokens; the caller's own if no user is given. */
  public static ServerRequest tokens(Optional<String> user) {
    return user.map(id -> get("auth", "user", id, "access_token"))
        .orElseGet(() -> get("auth", "access_token"));
  }

  /** The access tokens of all users. */
  public static ServerRequest allTokens() {
    return get("auth", "tokens");
  }

  /** Revokes the access token behind the JWT. */
  public static RawRequest revokeOwnToken() {
    return new Token(Optional.empty(), OWN).revoke();
  }

  /** Whether the request is about the access token behind the JWT. */
  public static boolean isOfOwnToken(RawRequest request) {
    String own = new Token(Optional.empty(), OWN).get().path();
    return (request.pathAndQuery() + "/").matches(own + "[/?].*");
  }

  /**
   * One access token.
   *
   * @param user its owner; empty for the caller
   * @param name its name, its id, or {@code self}
   */
  public record Token(Optional<String> user, String name) {

    public ServerRequest create() {
      return request("POST");
    }

    public ServerRequest get() {
      return request("GET");
    }

    public ServerRequest delete() {
      return request("DELETE");
    }

    public ServerRequest roles() {
      return request("GET", "roles");
    }

    /** Why it is refused. */
    public ServerRequest history() {
      return request("GET", "history");
    }

    public ServerRequest rotate() {
      return request("POST", "rotate");
    }

    /** Revoking a revoked token changes nothing. */
    public RawRequest revoke() {
      return request("POST", "revoke").raw().withRetry(Retry.IDEMPOTENT);
    }

    /** Suspending a suspended token changes nothing. */
    public RawRequest suspend() {
      return request("POST", "suspend").raw().withRetry(Retry.IDEMPOTENT);
    }

    /** Resuming an active token changes nothing. */
    public RawRequest resume() {
      return request("POST", "resume").raw().withRetry(Retry.IDEMPOTENT);
    }

    private ServerRequest request(String method, String... action) {
      ServerRequest owner =
          user.map(id -> ServerRequest.of(method, "api", "auth", "user", id))
              .orElseGet(() -> ServerRequest.of(method, "api", "auth"));
      return owner.below("access_token", name).below(action);
    }
  }

  public static ServerRequest users() {
    return get("auth", "user");
  }

  public static ServerRequest createUser(JsonNode user) {
    return post("auth", "user").withBody(user);
  }

  /** One user. */
  public record User(String id) {

    public ServerRequest get() {
      return request("GET");
    }

    public ServerRequest delete() {
      return request("DELETE");
    }

    /** Withdraws the decision of administrators. */
    public ServerRequest enable() {
      return request("POST", "enable");
    }

    /** Enables the user also if the directory has disabled the user. */
    public ServerRequest overruleDirectory() {
      return enable().with("overrule_directory", "true");
    }

    public ServerRequest disable() {
      return request("POST", "disable");
    }

    public ServerRequest assign(String role) {
      return request("POST", "roles").withBody(Json.object().put("role_name", role));
    }

    public ServerRequest remove(String role) {
      return request("DELETE", "roles", role);
    }

    /** What {@link #remove} would change. */
    public ServerRequest previewRemove(String role) {
      return request("GET", "roles", role, "removal");
    }

    private ServerRequest request(String method, String... action) {
      return ServerRequest.of(method, "api", "auth", "user", id).below(action);
    }
  }

  /** The sessions of a user who signed in through an identity provider. */
  public record Sessions(String user) {

    public ServerRequest list() {
      return request("GET");
    }

    public ServerRequest endAll() {
      return request("DELETE");
    }

    public ServerRequest end(String session) {
      return request("DELETE", session);
    }

    private ServerRequest request(String method, String... session) {
      return ServerRequest.of(method, "api", "auth", "user", user, "session").below(session);
    }
  }

  public static ServerRequest roles() {
    return get("configs", "role");
  }

  /** One role. */
  public record Role(String name) {

    public ServerRequest get() {
      return request("GET");
    }

    public ServerRequest put(JsonNode role) {
      return request("PUT").withBody(role);
    }

    public ServerRequest delete() {
      return request("DELETE");
    }

    /** The users who have the role. */
    public ServerRequest users() {
      return OsmoApi.get("auth", "roles", name, "users");
    }

    private ServerRequest request(String method) {
      return ServerRequest.of(method, "api", "configs", "role", name);
    }
  }

  public static ServerRequest workflows() {
    return get("workflow");
  }

  public static ServerRequest pools() {
    return get("pool");
  }

  public static ServerRequest submitWorkflow(String pool) {
    return post("pool", pool, "workflow");
  }

  private static ServerRequest get(String... segments) {
    return ServerRequest.of("GET", "api").below(segments);
  }

  private static ServerRequest post(String... segments) {
    return ServerRequest.of("POST", "api").below(segments);
  }
}
