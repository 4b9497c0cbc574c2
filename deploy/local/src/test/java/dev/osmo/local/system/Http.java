package dev.osmo.local.system;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** Plain HTTP. An empty {@code jwt} means no Authorization header. */
record Http(String url, String jwt) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  record Response(int status, String body, HttpResponse<String> raw) {
    JsonObject object() {
      return new JsonObject(body);
    }

    JsonArray array() {
      return new JsonArray(body);
    }

    String text() {
      return (String) Json.decodeValue(body);
    }
  }

  static Http anonymous(String url) {
    return new Http(url, "");
  }

  /** Exchanges the access token in a file and uses its JWT. */
  static Http as(String url, Path tokenFile) throws IOException, InterruptedException {
    return as(url, Files.readString(tokenFile).strip());
  }

  static Http as(String url, String token) throws IOException, InterruptedException {
    Response response = anonymous(url).exchange(token);
    if (response.status() != 200) {
      throw new AssertionError("no JWT for the token: " + response);
    }
    return new Http(url, response.object().getString("token"));
  }

  Response exchange(String token) throws IOException, InterruptedException {
    return send(
        "POST", "/api/auth/jwt/access_token", new JsonObject().put("token", token).encode());
  }

  Response get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  Response delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, "");
  }

  /**
   * Sends {@code Content-Type: application/json} and {@code Content-Length: 0}, like existing
   * clients.
   */
  Response postEmpty(String path) throws IOException, InterruptedException {
    return send("POST", path, "");
  }

  Response post(String path, JsonObject body) throws IOException, InterruptedException {
    return send("POST", path, body.encode());
  }

  Response put(String path, JsonObject body) throws IOException, InterruptedException {
    return send("PUT", path, body.encode());
  }

  Response postForm(String path, String form) throws IOException, InterruptedException {
    return send("POST", path, "application/x-www-form-urlencoded", form);
  }

  JsonObject claims() {
    String payload = jwt.split("\\.", -1)[1];
    return new JsonObject(
        new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
  }

  List<String> roles() {
    return claims().getJsonArray("roles").stream().map(String.class::cast).toList();
  }

  private Response send(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, path, "application/json", body);
  }

  private Response send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body));
    if (!jwt.isEmpty()) {
      request.header("Authorization", "Bearer " + jwt);
    }
    return send(request);
  }

  /** With the JWT in {@code x-osmo-auth}, like clients up to 6.1. */
  Response getAsOldClient(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url + path)).header("x-osmo-auth", jwt));
  }

  private static Response send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
    return new Response(response.statusCode(), response.body(), response);
  }
}
