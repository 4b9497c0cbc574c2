package dev.osmo.devprovider;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.osmo.devprovider.browser.FormBrowser;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A public client of one provider, as the tests need it. */
record OidcClient(DevProvider provider) {
  static final String REDIRECT = "http://127.0.0.1:1/callback";

  /** A response of the token endpoint. */
  record Tokens(int status, Map<String, Object> body) {

    String error() {
      return (String) body.get("error");
    }

    String refreshToken() {
      return (String) body.get("refresh_token");
    }

    String idToken() {
      return (String) body.get("id_token");
    }
  }

  /** The address of the login page. */
  URI authorization(CodeVerifier verifier, Map<String, String> changes) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", "osmo-cli");
    parameters.put("redirect_uri", REDIRECT);
    parameters.put("scope", "openid offline_access");
    parameters.put("state", new State().getValue());
    parameters.put("nonce", "n-1");
    parameters.put(
        "code_challenge", CodeChallenge.compute(CodeChallengeMethod.S256, verifier).getValue());
    parameters.put("code_challenge_method", "S256");
    parameters.putAll(changes);
    parameters.values().removeIf(String::isEmpty);
    return URI.create(provider.issuer() + "/authorize?" + encoded(parameters));
  }

  /** The parameters of the redirect after the button of this user was pressed. */
  Map<String, String> redirect(URI authorization, String user) throws Exception {
    URI redirect = new FormBrowser(user).redirectAfterSignIn(authorization);
    return URLUtils.parseParameters(redirect.getRawQuery()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().getFirst()));
  }

  String code(CodeVerifier verifier, String user) throws Exception {
    return redirect(authorization(verifier, Map.of()), user).get("code");
  }

  Tokens redeem(String code, @Nullable CodeVerifier verifier) throws Exception {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", "osmo-cli");
    form.put("code", code);
    form.put("redirect_uri", REDIRECT);
    if (verifier != null) {
      form.put("code_verifier", verifier.getValue());
    }
    return tokens(form);
  }

  /** Signs in with a code. */
  Tokens signIn(String user) throws Exception {
    CodeVerifier verifier = new CodeVerifier();
    return redeem(code(verifier, user), verifier);
  }

  Tokens refresh(String refreshToken) throws Exception {
    return tokens(
        Map.of(
            "grant_type", "refresh_token", "client_id", "osmo-cli", "refresh_token", refreshToken));
  }

  Tokens poll(String deviceCode) throws Exception {
    return tokens(
        Map.of(
            "grant_type",
            "urn:ietf:params:oauth:grant-type:device_code",
            "client_id",
            "osmo-cli",
            "device_code",
            deviceCode));
  }

  Map<String, Object> startDevice() throws Exception {
    return json(
        post("/device_authorization", Map.of("client_id", "osmo-cli", "scope", "openid")).body());
  }

  Tokens tokens(Map<String, String> form) throws Exception {
    HttpResponse<String> response = post("/token", form);
    return new Tokens(response.statusCode(), json(response.body()));
  }

  HttpResponse<String> post(String path, Map<String, String> form) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(provider.issuer() + path))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
              .build(),
          BodyHandlers.ofString());
    }
  }

  HttpResponse<String> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(provider.issuer() + path)).build(),
          BodyHandlers.ofString());
    }
  }

  /** Verifies with the validator that services use for tokens of providers. */
  IDTokenClaimsSet verified(String idToken, @Nullable Nonce nonce) throws Exception {
    return new IDTokenValidator(
            new Issuer(provider.issuer()),
            new ClientID("osmo-cli"),
            JWSAlgorithm.RS256,
            com.nimbusds.jose.jwk.JWKSet.parse(get("/jwks").body()))
        .validate(SignedJWT.parse(idToken), nonce);
  }

  @SuppressWarnings("unchecked")
  static List<String> groups(String idToken) throws Exception {
    return (List<String>) SignedJWT.parse(idToken).getJWTClaimsSet().getClaim("groups");
  }

  static Map<String, Object> json(String text) throws Exception {
    return JSONObjectUtils.parse(text);
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
