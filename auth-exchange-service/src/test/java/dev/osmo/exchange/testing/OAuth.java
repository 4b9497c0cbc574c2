package dev.osmo.exchange.testing;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;

/** The OAuth routes as a client calls them. */
public final class OAuth {

  public static final String TOKEN = "/oauth2/token";
  public static final String INTROSPECT = "/oauth2/introspect";
  public static final String REVOKE = "/oauth2/revoke";
  public static final String DEVICE_AUTHORIZATION = "/oauth2/device_authorization";
  public static final String WEB_SESSION = "/oauth2/web_session";

  /** The origin of our own web page. */
  public static final String ORIGIN = "https://osmo.test";

  public static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
  public static final String PAT = "urn:osmo:params:oauth:token-type:pat";

  private OAuth() {}

  /** The parameters of a token exchange as a mutable map. */
  public static Map<String, String> exchanging(String token) {
    return new HashMap<>(
        Map.of("grant_type", GRANT_TYPE, "subject_token", token, "subject_token_type", PAT));
  }

  public static Response exchange(IssuedPat pat, String... more) {
    Map<String, String> form = exchanging(pat.text());
    for (int i = 0; i < more.length; i += 2) {
      form.put(more[i], more[i + 1]);
    }
    return post(TOKEN, form);
  }

  /** A JWT for this access token. */
  public static String jwt(IssuedPat pat, String... more) {
    return exchange(pat, more).then().statusCode(200).extract().path("access_token");
  }

  public static Response introspect(String credential, String token) {
    return introspect(given(), credential, token);
  }

  public static Response introspect(RequestSpecification client, String credential, String token) {
    return form(client.header("Authorization", "Bearer " + credential), Map.of("token", token))
        .post(INTROSPECT);
  }

  public static Response revoke(String token) {
    return revoke(given(), token);
  }

  public static Response revoke(RequestSpecification client, String token) {
    return form(client, Map.of("token", token)).post(REVOKE);
  }

  public static Response post(String path, Map<String, String> form) {
    return form(given(), form).post(path);
  }

  private static RequestSpecification form(RequestSpecification client, Map<String, String> form) {
    return client.contentType(ContentType.URLENC).formParams(form);
  }
}
