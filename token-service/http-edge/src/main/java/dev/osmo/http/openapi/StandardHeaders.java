package dev.osmo.http.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** The response headers of both services; routes refer to them by these names. */
final class StandardHeaders {

  static final String CACHE_CONTROL = "Cache-Control";

  private StandardHeaders() {}

  static void define(Components components) {
    components
        .addHeader("NoStore", header("The response must not be cached.", "^no-store$"))
        .addHeader(
            "Cacheable",
            header("For how many seconds the response may be cached.", "^public, max-age=\\d+$"))
        .addHeader("Version", header("For If-None-Match.", "^.+$"))
        .addHeader(
            "RateLimitPolicy",
            header(
                "The limit (draft-ietf-httpapi-ratelimit-headers).", "^\"[a-z]+\";q=\\d+;w=\\d+$"))
        .addHeader("RateLimit", header("The remaining quota.", "^\"[a-z]+\";r=\\d+;t=\\d+$"))
        .addHeader("RetryAfter", header("Seconds until a retry may succeed.", "^\\d+$"))
        .addHeader(
            "Authenticate", header("How to authenticate (RFC 9110, section 11.6.1).", "^Bearer "));
  }

  static Header ref(String name) {
    return OASFactory.createHeader().ref("#/components/headers/" + name);
  }

  private static Header header(String description, String pattern) {
    return OASFactory.createHeader()
        .description(description)
        .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING).pattern(pattern));
  }
}
