package dev.osmo.token.scim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/** What this service supports of SCIM (RFC 7643, section 5). */
final class ServiceProviderConfig {

  private static final String SCHEMA =
      "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";

  private ServiceProviderConfig() {}

  static ObjectNode of(URI location) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.putArray("schemas").add(SCHEMA);
    config.putObject("patch").put("supported", true);
    config
        .putObject("bulk")
        .put("supported", false)
        .put("maxOperations", 0)
        .put("maxPayloadSize", 0);
    config.putObject("filter").put("supported", true).put("maxResults", 1);
    config.putObject("changePassword").put("supported", false);
    config.putObject("sort").put("supported", false);
    config.putObject("etag").put("supported", false);
    config
        .putArray("authenticationSchemes")
        .addObject()
        .put("type", "oauthbearertoken")
        .put("name", "Bearer token")
        .put("description", "The token that the operator has configured for this client")
        .put("specUri", "https://www.rfc-editor.org/info/rfc6750");
    config
        .putObject("meta")
        .put("resourceType", "ServiceProviderConfig")
        .put("location", location.toString());
    return config;
  }
}
