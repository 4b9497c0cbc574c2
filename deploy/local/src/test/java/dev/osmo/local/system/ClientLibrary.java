package dev.osmo.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.osmo.client.Credential;
import dev.osmo.client.JwtSource;
import dev.osmo.client.verify.JwtVerifier;
import dev.osmo.local.folder.DataFolder;
import dev.osmo.local.process.FreePorts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** An installation with a user, for the tests of the library for Java programs. */
abstract class ClientLibrary {
  static final String USER = "robot@example.com";
  static final String PROFILE = "/api/profile/settings";

  @TempDir static Path temp;

  static RunningStack stack;
  static WorkloadIssuer issuer;
  static Http admin;

  /** In front of the stack. */
  Interposed osmo;

  /** Also in front of the stack, and no address that the library was given. */
  Interposed stranger;

  String name;
  String pat;

  @BeforeAll
  static void start() throws Exception {
    Path data = temp.resolve("data");
    issuer = WorkloadIssuer.trustedBy(DataFolder.open(data));
    stack =
        RunningStack.launch(data, FreePorts.find(1).getFirst(), "--audience", "reports")
            .awaitReady();
    admin = Http.as(stack.url(), stack.file("admin-token"));
    createUser(USER, "osmo-user", "osmo-ml-team");
  }

  @AfterAll
  static void stop() throws Exception {
    stack.signal("TERM");
    stack.awaitExit();
  }

  @BeforeEach
  void createToken(TestInfo test) throws Exception {
    osmo = new Interposed(stack.url());
    stranger = new Interposed(stack.url());
    name = "t-" + Integer.toHexString(test.getDisplayName().hashCode());
    pat = admin.postEmpty(tokens(USER, name)).text();
  }

  @AfterEach
  void close() {
    osmo.close();
    stranger.close();
  }

  JwtSource.Builder source() {
    return JwtSource.at(osmo.url(), Credential.ofToken(pat));
  }

  static JwtVerifier.Builder verifier(String audience) {
    return JwtVerifier.of(stack.url(), audience);
  }

  static void createUser(String id, String... roles) throws Exception {
    JsonObject user = new JsonObject().put("id", id).put("roles", new JsonArray(List.of(roles)));
    assertThat(admin.post("/api/auth/user", user).status()).isEqualTo(200);
  }

  static String tokens(String user, String name) {
    return "/api/auth/user/" + user + "/access_token/" + name;
  }
}
