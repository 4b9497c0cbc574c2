package dev.osmo.token.testing;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A route without a permission annotation. */
@Path("/api/forgotten")
public class UnannotatedResource {

  @GET
  public String open() {
    return "reached";
  }
}
