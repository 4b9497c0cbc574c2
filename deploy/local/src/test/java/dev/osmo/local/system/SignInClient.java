package dev.osmo.local.system;

import dev.osmo.devprovider.browser.FormBrowser;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An OAuth client of an identity provider. It knows only the public address and what {@code
 * /api/auth/login} says.
 *
 * @param client the id of the client, for the browser and for devices
 */
record SignInClient(String url, String provider, String client, Person person) {
  /** Where nobody listens. */
  static final String REDIRECT = "http://127.0.0.1:1/callback";

  private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

  /** Who fills in the provider's pages. */
  interface Person {
    /** The address to which the provider redirects at the end, without a request to it. */
    URI redirectAfterSignIn(String user, URI page) throws IOException, InterruptedException;
  }

  /** At the development provider. */
  static SignInClient ofDevProvider(String url, String provider, String client) {
    return new SignInClient(
        url, provider, client, (user, page) -> new FormBrowser(user).redirectAfterSignIn(page));
  }

  /** What the token endpoint answered. */
  record Tokens(int status, JsonObject body) {

    String jwt() {
      return body.getString("access_token");
    }

    String refreshToken() {
      return body.getString("refresh_token");
    }

    String error() {
      return body.getString("error");
    }
  }

  JsonObject login() throws IOException, InterruptedException {
    return Http.anonymous(url).get("/api/auth/login?provider=" + provider).object();
  }

  /** Signs in through our token endpoint. */
  Tokens signIn(String user) throws IOException, InterruptedException {
    return redeem(user, login().getString("token_endpoint"));
  }

  /** The provider's own tokens, from its token endpoint and without our services. */
  JsonObject foreignTokens(String user, String endpoint) throws IOException, InterruptedException {
    return redeem(user, endpoint).body();
  }

  private Tokens redeem(String user, String tokenEndpoint)
      throws IOException, InterruptedException {
    String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
    String nonce = UUID.randomUUID().toString();
    JsonObject login = login();
    Map<String, String> request =
        Map.of(
            "response_type",
            "code",
            "client_id",
            login.getString("browser_client_id"),
            "redirect_uri",
            REDIRECT,
            "scope",
            login.getString("scope"),
            "state",
            "s-1",
            "nonce",
            nonce,
            "code_challenge",
            challenge(verifier),
            "code_challenge_method",
            "S256");
    URI page = URI.create(login.getString("browser_endpoint") + "?" + form(request));
    String code = query(person.redirectAfterSignIn(user, page)).get("code");
    return post(
        tokenEndpoint,
        Map.of(
            "grant_type", "authorization_code",
            "client_id", client,
            "code", code,
            "redirect_uri", REDIRECT,
            "code_verifier", verifier,
            "nonce", nonce));
  }

  Tokens refresh(String refreshToken) throws IOException, InterruptedException {
    return token(
        Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", refreshToken));
  }

  JsonObject startDevice() throws IOException, InterruptedException {
    return post(login().getString("device_endpoint"), Map.of("client_id", client)).body();
  }

  Tokens poll(String deviceCode) throws IOException, InterruptedException {
    return token(
        Map.of("grant_type", DEVICE_GRANT, "client_id", client, "device_code", deviceCode));
  }

  Tokens exchange(String idToken) throws IOException, InterruptedException {
    return token(
        Map.of(
            "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token", idToken,
            "subject_token_type", "urn:ietf:params:oauth:token-type:id_token"));
  }

  int revoke(String refreshToken) throws IOException, InterruptedException {
    return Http.anonymous(url)
        .postForm("/oauth2/revoke", form(Map.of("token", refreshToken)))
        .status();
  }

  private Tokens token(Map<String, String> parameters) throws IOException, InterruptedException {
    return post(login().getString("token_endpoint"), parameters);
  }

  private static Tokens post(String address, Map<String, String> parameters)
      throws IOException, InterruptedException {
    URI uri = URI.create(address);
    String origin = uri.getScheme() + "://" + uri.getAuthority();
    Http.Response response = Http.anonymous(origin).postForm(uri.getPath(), form(parameters));
    return new Tokens(response.status(), response.object());
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Map<String, String> query(URI address) {
    Map<String, String> parameters = new HashMap<>();
    Arrays.stream(address.getRawQuery().split("&", -1))
        .map(pair -> pair.split("=", 2))
        .forEach(
            pair -> parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    return parameters;
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            each ->
                each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
