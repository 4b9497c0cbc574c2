package dev.osmo.local.system;

import dev.osmo.local.folder.DataFolder;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An issuer of workload tokens. */
final class WorkloadIssuer {
  private static final String ISSUER = "https://ci.example.com";
  private static final String AUDIENCE = "osmo-test";

  private final FileSigner signer;

  private WorkloadIssuer(FileSigner signer) {
    this.signer = signer;
  }

  /** Makes the next start of the stack trust a new issuer with the name {@code test-ci}. */
  static WorkloadIssuer trustedBy(DataFolder folder) throws IOException {
    Path keySet = folder.root().resolve("test-ci-keys.json");
    FileSigner signer = FileSigner.withKeySet(keySet);
    JsonObject entry =
        new JsonObject()
            .put("name", "test-ci")
            .put("issuer", ISSUER)
            .put("audience", AUDIENCE)
            .put("keys", keySet.toString());
    Files.writeString(
        folder.trustedIssuers(), new JsonObject(Map.of("issuers", List.of(entry))).encode());
    return new WorkloadIssuer(signer);
  }

  /** A token that expires in ten minutes. */
  String tokenOf(String subject) {
    long now = Instant.now().getEpochSecond();
    return signer.sign(
        Map.of(),
        new JsonObject()
            .put("iss", ISSUER)
            .put("aud", AUDIENCE)
            .put("sub", subject)
            .put("iat", now)
            .put("exp", now + 600));
  }
}
