package dev.osmo.token.profile;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The version of this service. Public, because clients read it before they sign in. */
@Cancellable(false)
@Path("/")
@PermitAll
class VersionResource {

  private final Version version;

  VersionResource(@ConfigProperty(name = "quarkus.application.version") String version) {
    this.version = Version.parse(version);
  }

  record Version(String major, String minor, String revision, String hash) {

    static Version parse(String text) {
      String[] parts = text.split("[.-]", 4);
      return new Version(
          parts[0], parts.length > 1 ? parts[1] : "0", parts.length > 2 ? parts[2] : "0", "");
    }

    String text() {
      return major + "." + minor + "." + revision;
    }
  }

  @GET
  @Path("api/version")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Shows the version of this service.")
  public Version service() {
    return version;
  }

  @GET
  @Path("client/version")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Shows the version of this service, as plain text if the client accepts that.")
  public Version client() {
    return version;
  }

  @GET
  @Path("client/version")
  @Produces(MediaType.TEXT_PLAIN)
  public String clientAsText() {
    return version.text();
  }
}
