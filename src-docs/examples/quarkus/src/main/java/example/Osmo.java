package example;

import dev.osmo.client.rest.OsmoJwtFilter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The routes of osmo that this application calls. */
@Path("/api")
@RegisterRestClient(configKey = "osmo")
@RegisterProvider(OsmoJwtFilter.class)
interface Osmo {

  /** The second attempt has a new JWT, for example after the access token was rotated. */
  @GET
  @Path("/profile/settings")
  @Produces(MediaType.APPLICATION_JSON)
  @Retry(maxRetries = 1, retryOn = WebApplicationException.class)
  String profile();
}
