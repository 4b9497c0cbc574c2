package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.local.process.FreePorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The nginx configurations of the pages, as they are written there, in Debian's nginx in front of
 * the running system. Runs with {@code -Dosmo.nginx=/usr/sbin/nginx}.
 */
@EnabledIfSystemProperty(named = NginxServer.PROGRAM, matches = ".+")
class NginxRecipesIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern SAMPLE_API = Pattern.compile("sample-api +(http://127[0-9.:]+)");
  private static final String WORKFLOWS = "/api/workflow?order=DESC&all_pools=True&limit=20";

  @TempDir static Path data;

  private static RunningStack stack;

  @TempDir Path folder;

  /** With the settings for OSMO's clients up to 6.1. */
  @BeforeAll
  static void start() throws IOException {
    stack =
        RunningStack.launch(
                data,
                FreePorts.find(1).getFirst(),
                Map.of(
                    "JAVA_TOOL_OPTIONS",
                    "-Dtoken-service.legacy-jwt-header=true -Dauth-exchange.token-in-url=true"))
            .awaitReady();
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    stack.signal("TERM");
    stack.awaitExit();
  }

  /**
   * {@code operator/moving-from-osmo}, with the requests that the client of February 2026 sends.
   */
  @Test
  void a_client_up_to_6_1_works_through_a_gateway_that_translates_its_header() throws Exception {
    String[] recipe =
        LiteralBlock.after(
                "operator/moving-from-osmo.rst", "let the gateway translate it. In nginx::")
            .split("# in each location of that server", -1);
    String sampleApi =
        "location = /api/workflow { proxy_pass %s; %s }".formatted(sampleApi(), recipe[1]);
    try (NginxServer nginx = NginxServer.start(folder, recipe[0], sampleApi + osmo())) {
      String jwt = signIn(nginx.url(), Files.readString(stack.file("user-token")).strip());

      HttpResponse<String> profile = get(nginx, "/api/profile/settings", "x-osmo-auth", jwt);
      HttpResponse<String> pools = get(nginx, "/api/pool_quota", "x-osmo-auth", jwt);
      HttpResponse<String> workflows = get(nginx, WORKFLOWS, "x-osmo-auth", jwt);

      assertThat(profile.statusCode()).isEqualTo(200);
      assertThat(profile.body()).contains("user@example.com");
      assertThat(profile.headers().firstValue("Deprecation")).isPresent();
      assertThat(pools.statusCode()).isEqualTo(200);
      assertThat(workflows.statusCode()).as(workflows.body()).isEqualTo(200);
      assertThat(workflows.body()).contains("\"workflows\"");
    }
  }

  @Test
  @Tag("I9")
  void the_translated_header_replaces_no_credential_and_invents_none() throws Exception {
    String[] recipe =
        LiteralBlock.after(
                "operator/moving-from-osmo.rst", "let the gateway translate it. In nginx::")
            .split("# in each location of that server", -1);
    String sampleApi =
        "location = /api/workflow { proxy_pass %s; %s }".formatted(sampleApi(), recipe[1]);
    try (NginxServer nginx = NginxServer.start(folder, recipe[0], sampleApi)) {
      String jwt = jwt("user-token");
      String bearer = "Bearer " + jwt;

      assertThat(get(nginx, WORKFLOWS, "Authorization", bearer).statusCode()).isEqualTo(200);
      assertThat(get(nginx, WORKFLOWS).statusCode()).isEqualTo(401);
      assertThat(get(nginx, WORKFLOWS, "x-osmo-auth", "").statusCode()).isEqualTo(401);
      assertThat(get(nginx, WORKFLOWS, "x-osmo-auth", jwt + "x").statusCode()).isEqualTo(401);
      assertThat(
              get(nginx, WORKFLOWS, "Authorization", "Bearer invalid", "x-osmo-auth", jwt)
                  .statusCode())
          .isEqualTo(401);
    }
  }

  /** {@code user/verify}: a server that verifies nothing itself is behind nginx. */
  @Test
  @Tag("I3")
  void nginx_asks_token_service_about_each_request() throws Exception {
    Path page = Files.writeString(folder.resolve("page"), "of the server");
    String recipe =
        LiteralBlock.after("user/verify.rst", ".. code-block:: nginx")
            .replace("proxy_pass http://127.0.0.1:8000;", "root " + folder + ";")
            .replace("https://osmo.example.com", stack.url())
            .replace("osmo.example.com", stack.url().replace("http://", ""));
    try (NginxServer nginx = NginxServer.start(folder, "", recipe)) {
      Http user = Http.as(stack.url(), stack.file("user-token"));
      String token = user.postEmpty("/api/auth/access_token/nginx?expires_in=1d").text();
      Http holder = Http.as(stack.url(), token);
      String address = "/" + page.getFileName();

      HttpResponse<String> allowed = get(nginx, address, "Authorization", "Bearer " + holder.jwt());
      assertThat(allowed.statusCode()).isEqualTo(200);
      assertThat(allowed.body()).isEqualTo("of the server");
      assertThat(get(nginx, address).statusCode()).isEqualTo(401);
      assertThat(get(nginx, address, "Authorization", "Bearer " + token).statusCode())
          .isEqualTo(401);
      assertThat(get(nginx, "/osmo", "Authorization", "Bearer " + holder.jwt()).statusCode())
          .isEqualTo(404);

      user.delete("/api/auth/access_token/nginx");

      assertThat(get(nginx, address, "Authorization", "Bearer " + holder.jwt()).statusCode())
          .isEqualTo(401);
    }
  }

  /** As the old client: the token is in the URL, and the response has the JWT. */
  private static String signIn(String url, String token) throws IOException, InterruptedException {
    String query = "?access_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    HttpResponse<String> response =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(url + "/api/auth/jwt/access_token" + query))
                .header("User-Agent", "osmo-cli/6.0.0")
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Deprecation")).isPresent();
    return new JsonObject(response.body()).getString("token");
  }

  private static String jwt(String file) throws IOException, InterruptedException {
    return Http.as(stack.url(), stack.file(file)).jwt();
  }

  /** Everything else goes to the local stack, which routes it to the two services. */
  private static String osmo() {
    String host = stack.url().replace("http://", "");
    return "location / { proxy_pass http://%s; proxy_set_header Host %s; }".formatted(host, host);
  }

  private static String sampleApi() {
    Matcher address = SAMPLE_API.matcher(stack.output());
    assertThat(address.find()).isTrue();
    return address.group(1);
  }

  private static HttpResponse<String> get(NginxServer nginx, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(nginx.url() + path))
            .header("Content-Type", "application/json")
            .method("GET", BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
