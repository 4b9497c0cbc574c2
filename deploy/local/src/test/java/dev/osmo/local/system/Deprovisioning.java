package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.local.folder.DataFolder;
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
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A directory and a transmitter of security events that take access away from the users of one
 * identity provider, at the public address, as {@code operator/deprovisioning.rst} says.
 */
final class Deprovisioning {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String ISSUER = "https://signals.example.com";
  private static final String AUDIENCE = "https://osmo.example.com/ssf/events";
  private static final String EVENT = "https://schemas.openid.net/secevent/caep/event-type/";

  private final String token;
  private final FileSigner signer;

  private Deprovisioning(String token, FileSigner signer) {
    this.token = token;
    this.signer = signer;
  }

  /** Makes the next start of the stack accept both. */
  static Deprovisioning acceptedBy(DataFolder folder, String provider) throws IOException {
    String token = UUID.randomUUID().toString();
    Path keySet = folder.root().resolve("signals-keys.json");
    JsonObject transmitter =
        new JsonObject()
            .put("name", "signals")
            .put("issuer", ISSUER)
            .put("audience", AUDIENCE)
            .put("provider", provider)
            .put("keys", keySet.toString());
    Files.writeString(folder.scimCredentials(), sha256(token) + "\n");
    Files.writeString(
        folder.eventTransmitters(),
        new JsonObject(Map.of("transmitters", List.of(transmitter))).encode());
    return new Deprovisioning(token, FileSigner.withKeySet(keySet));
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The directory finds the user by name, as Entra ID does, and sets {@code active}. */
  void setActive(String url, String user, boolean active) throws Exception {
    String filter = "userName%20eq%20%22" + user.replace("@", "%40") + "%22";
    JsonObject found = new JsonObject(scim(url, "GET", "/Users?filter=" + filter, "").body());
    String id = found.getJsonArray("Resources").getJsonObject(0).getString("id");
    JsonObject patch =
        new JsonObject()
            .put("schemas", new JsonArray().add("urn:ietf:params:scim:api:messages:2.0:PatchOp"))
            .put(
                "Operations",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("op", "Replace")
                            .put("path", "active")
                            .put("value", active ? "True" : "False")));
    HttpResponse<String> response = scim(url, "PATCH", "/Users/" + id, patch.encode());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(new JsonObject(response.body()).getBoolean("active")).isEqualTo(active);
  }

  private HttpResponse<String> scim(String url, String method, String path, String body)
      throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(url + "/scim/v2" + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/scim+json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /**
   * Pushes an event that happens now.
   *
   * @param type such as {@code session-revoked}
   */
  void push(String url, String type, String issuer, String subject) throws Exception {
    HttpResponse<String> response =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(url + "/ssf/events"))
                .header("Content-Type", "application/secevent+jwt")
                .POST(BodyPublishers.ofString(event(type, issuer, subject)))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
  }

  private String event(String type, String issuer, String subject) {
    long now = Instant.now().getEpochSecond();
    JsonObject account =
        new JsonObject().put("format", "iss_sub").put("iss", issuer).put("sub", subject);
    // A second later: the provider says in whole seconds when it has confirmed the sign-in.
    JsonObject facts = new JsonObject().put("event_timestamp", now + 1);
    return signer.sign(
        Map.of("typ", "secevent+jwt"),
        new JsonObject()
            .put("iss", ISSUER)
            .put("aud", AUDIENCE)
            .put("iat", now + 1)
            .put("jti", UUID.randomUUID().toString())
            .put("sub_id", account)
            .put("events", new JsonObject().put(EVENT + type, facts)));
  }
}
