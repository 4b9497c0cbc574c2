package example;

import dev.osmo.client.Credential;
import dev.osmo.client.JwtSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** One source for the whole application. The filter gets it as the parameter of its constructor. */
class OsmoJwts {
  @Produces
  @Singleton
  JwtSource jwts(
      @ConfigProperty(name = "osmo.url") URI osmo,
      @ConfigProperty(name = "osmo.token-file") Path token) {
    return JwtSource.at(osmo, Credential.ofTokenFile(token)).build();
  }
}
