package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.server.ServerUrl;
import java.time.Instant;
import java.util.Optional;

/**
 * A saved context without its secrets.
 *
 * @param helper the credential helper that stores its secret; empty if the credential file does
 * @param signIn how a person signed in; empty for an access token
 * @param jwtExpiresAt when its JWT expires or expired
 */
public record ContextSummary(
    ContextName name,
    ServerUrl url,
    String user,
    boolean current,
    Optional<String> helper,
    Optional<ProviderSignIn> signIn,
    Instant jwtExpiresAt) {

  public ObjectNode json() {
    return Json.object()
        .put("name", name.text())
        .put("server", url.text())
        .put("user", user)
        .put("current", current);
  }
}
