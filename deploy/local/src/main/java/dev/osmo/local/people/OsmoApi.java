package dev.osmo.local.people;

import dev.osmo.local.folder.SecretText;
import dev.osmo.local.problem.CannotStart;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The public HTTP API at the gateway, as one caller uses it. */
final class OsmoApi {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private final String publicUrl;
  private final @Nullable SecretText jwt;

  private OsmoApi(String publicUrl, @Nullable SecretText jwt) {
    this.publicUrl = publicUrl;
    this.jwt = jwt;
  }

  /** Exchanges a personal access token; empty when it opens nothing. */
  static Optional<OsmoApi> login(String publicUrl, SecretText pat) {
    JsonObject body = new JsonObject().put("token", pat.reveal());
    Answer answer = new OsmoApi(publicUrl, null).post("/api/auth/jwt/access_token", body);
    if (answer.status() >= 500) {
      throw new CannotStart("The exchange of a token failed: " + answer.refusal());
    }
    return answer.ok()
        ? Optional.of(new OsmoApi(publicUrl, new SecretText(answer.object().getString("token"))))
        : Optional.empty();
  }

  Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  Answer post(String path) {
    return send("POST", path, BodyPublishers.noBody());
  }

  Answer post(String path, JsonObject body) {
    return send("POST", path, BodyPublishers.ofString(body.encode()));
  }

  Answer put(String path, JsonObject body) {
    return send("PUT", path, BodyPublishers.ofString(body.encode()));
  }

  private Answer send(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(publicUrl + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(method, body);
    if (jwt != null) {
      request.header("Authorization", "Bearer " + jwt.reveal());
    }
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new CannotStart("The stack does not answer at " + publicUrl + path + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart("Interrupted while the demo user was prepared.", e);
    }
  }
}
