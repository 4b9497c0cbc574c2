package dev.osmo.local.accounts;

import dev.osmo.local.CannotStart;
import dev.osmo.local.folder.SecretText;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The public HTTP API for one caller. */
final class OsmoApi {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final String publicUrl;
  private final @Nullable SecretText jwt;

  private OsmoApi(String publicUrl, @Nullable SecretText jwt) {
    this.publicUrl = publicUrl;
    this.jwt = jwt;
  }

  /** Exchanges an access token for a JWT; empty if the token is not valid. */
  static Optional<OsmoApi> login(String publicUrl, SecretText pat) {
    JsonObject body = new JsonObject().put("token", pat.value());
    ApiResponse response = new OsmoApi(publicUrl, null).post("/api/auth/jwt/access_token", body);
    if (response.status() >= 500) {
      throw new CannotStart("Cannot exchange the access token: " + response.error());
    }
    return response.ok()
        ? Optional.of(new OsmoApi(publicUrl, new SecretText(response.object().getString("token"))))
        : Optional.empty();
  }

  ApiResponse get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  ApiResponse delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  ApiResponse post(String path) {
    return send("POST", path, BodyPublishers.noBody());
  }

  ApiResponse post(String path, JsonObject body) {
    return send("POST", path, BodyPublishers.ofString(body.encode()));
  }

  ApiResponse put(String path, JsonObject body) {
    return send("PUT", path, BodyPublishers.ofString(body.encode()));
  }

  /**
   * A service that is ready may still wait for the keys of the other one: 503, and nothing is done.
   */
  private ApiResponse send(String method, String path, BodyPublisher body) {
    Instant deadline = Instant.now().plus(LONGEST_WAIT);
    ApiResponse response = sendOnce(method, path, body);
    while (response.status() == 503 && Instant.now().isBefore(deadline)) {
      pause();
      response = sendOnce(method, path, body);
    }
    return response;
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static CannotStart interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CannotStart("Interrupted while preparing the demo user.", e);
  }

  private ApiResponse sendOnce(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(publicUrl + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(method, body);
    if (jwt != null) {
      request.header("Authorization", "Bearer " + jwt.value());
    }
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new ApiResponse(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new CannotStart("No response from " + publicUrl + path + ".", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }
}
