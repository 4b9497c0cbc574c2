package dev.osmo.sample;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The issuer that the API trusts, and an empty folder for its workflows. */
public final class SampleApiResource implements QuarkusTestResourceLifecycleManager {
  private TestIssuer issuer;

  @Override
  public Map<String, String> start() {
    try {
      issuer = new TestIssuer();
      return Map.of(
          "sample-api.url",
          issuer.url(),
          "sample-api.folder",
          Files.createTempDirectory(Path.of("target"), "workflows").toString(),
          // Many tests present an unknown key; none of them may use up the refresh of another.
          "smallrye.jwt.jwks.forced-refresh-interval",
          "0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(issuer, new TestInjector.MatchesType(TestIssuer.class));
  }

  @Override
  public void stop() {
    if (issuer != null) {
      issuer.close();
    }
  }
}
