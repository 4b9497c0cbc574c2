package example;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.rest.client.inject.RestClient;

@Path("/")
public class Server {
  private final Osmo osmo;

  Server(@RestClient Osmo osmo) {
    this.osmo = osmo;
  }

  @GET
  @Path("hello")
  @RolesAllowed("osmo-user")
  public String hello(@Context SecurityContext caller) {
    return "Hello " + caller.getUserPrincipal().getName();
  }

  @GET
  @Path("admin")
  @RolesAllowed("osmo-admin")
  public String admin() {
    return "For administrators";
  }

  /** The filter may block, so this method does not run on the event loop. */
  @GET
  @Path("self")
  @RolesAllowed("osmo-user")
  @RunOnVirtualThread
  public String self() {
    return osmo.profile();
  }
}
