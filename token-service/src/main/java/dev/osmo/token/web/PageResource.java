package dev.osmo.token.web;

import dev.osmo.http.problem.HttpProblem;
import dev.osmo.http.problem.Refusal;
import dev.osmo.http.web.RedirectionEndpoint;
import dev.osmo.token.settings.TokenServiceSettings;
import dev.osmo.token.web.PageFiles.PageFile;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * Serves the web page. Public, because it has no content of its own: what it shows comes from the
 * REST API. Not in the OpenAPI document, because it is no API.
 */
@Cancellable(false)
@Path("/")
@PermitAll
class PageResource {

  /**
   * The page runs its own files and sends requests to its own origin only. It has no inline script
   * or style, nobody may frame it, and a text never becomes HTML (trusted types).
   */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private static final String SIGNED_IN = "/ui/signed-in";
  private static final String FOR_GOOD = "public, max-age=31536000, immutable";

  private final PageFiles files;
  private final boolean enabled;

  @Inject
  PageResource(PageFiles files, TokenServiceSettings settings) {
    this(files, settings.web().enabled());
  }

  PageResource(PageFiles files, boolean enabled) {
    this.files = files;
    this.enabled = enabled;
  }

  @Produces
  @Singleton
  RedirectionEndpoint redirectionEndpoint() {
    return new RedirectionEndpoint(SIGNED_IN);
  }

  @GET
  @Operation(hidden = true)
  public Response page(@Context Request request) {
    return document(request);
  }

  /** Where an identity provider sends the browser. The script reads the code from the address. */
  @GET
  @Path(SIGNED_IN)
  @Operation(hidden = true)
  public Response afterSignIn(@Context Request request) {
    return document(request);
  }

  /** Error responses link to it, also if the page for tokens is turned off. */
  @GET
  @Path("ui/problems")
  @Operation(hidden = true)
  public Response problems(@Context Request request) {
    return withPolicy(current(request, enabled ? files.problems() : files.problemsWithoutPage()));
  }

  /** Browsers ask each time whether it has changed. */
  @GET
  @Path("ui/start.js")
  @Operation(hidden = true)
  public Response starter(@Context Request request) {
    requireEnabled();
    return current(request, files.starter()).build();
  }

  @GET
  @Path("ui/{version}/{file}")
  @Operation(hidden = true)
  public Response file(@RestPath String version, @RestPath String file) {
    PageFile found =
        files
            .find(version, file)
            .filter(unused -> enabled || PageFiles.OF_PROBLEMS.contains(file))
            .orElseThrow(() -> Refusal.of(HttpProblem.NOT_FOUND).toException());
    return Response.ok(found.content())
        .header(HttpHeaders.CONTENT_TYPE, found.type())
        .header(HttpHeaders.CACHE_CONTROL, FOR_GOOD)
        .build();
  }

  private Response document(Request request) {
    requireEnabled();
    return withPolicy(current(request, files.document()));
  }

  private static Response withPolicy(ResponseBuilder response) {
    return response
        .header("Content-Security-Policy", POLICY)
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .build();
  }

  private ResponseBuilder current(Request request, PageFile file) {
    EntityTag tag = new EntityTag(files.version());
    ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    ResponseBuilder response =
        unchanged == null
            ? Response.ok(file.content()).header(HttpHeaders.CONTENT_TYPE, file.type())
            : unchanged;
    return response.tag(tag).header(HttpHeaders.CACHE_CONTROL, "no-cache");
  }

  private void requireEnabled() {
    if (!enabled) {
      throw Refusal.of(HttpProblem.NOT_FOUND).toException();
    }
  }
}
