package dev.osmo.bench.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Exchanges tokens for JWTs. */
final class Jwts {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI exchange;

  Jwts(Server exchange) {
    this.exchange =
        URI.create("http://127.0.0.1:%d/api/auth/jwt/access_token".formatted(exchange.port()));
  }

  List<String> of(List<String> tokens) throws IOException, InterruptedException {
    List<String> jwts = new ArrayList<>();
    for (String token : tokens) {
      jwts.add(of(token));
    }
    return jwts;
  }

  String of(String token) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(exchange)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"token\":\"" + token + "\"}"))
                .build(),
            BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException("no JWT: " + response.body());
    }
    return JSON.readTree(response.body()).get("token").textValue();
  }
}
