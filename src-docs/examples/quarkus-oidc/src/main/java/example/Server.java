package example;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

@Path("/")
public class Server {

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
}
