package dev.osmo.exchange.testing;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** The exchange as a client calls it. */
public final class Exchanges {

  public static final String PATH = "/api/auth/jwt/access_token";

  private Exchanges() {}

  public static Response exchange(IssuedPat pat) {
    return exchange(given(), pat.text());
  }

  public static Response exchange(RequestSpecification client, String token) {
    return client.contentType(ContentType.JSON).body(Map.of("token", token)).post(PATH);
  }
}
