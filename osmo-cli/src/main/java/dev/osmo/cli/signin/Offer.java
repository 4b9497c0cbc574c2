package dev.osmo.cli.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.ServerUrl;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What a server says about sign-in. Untrusted: every address in it is checked before its use.
 *
 * @param provider the name of the identity provider; empty if the server has none
 */
record Offer(ServerUrl server, String provider, JsonNode json) {

  static Offer of(ServerUrl server, JsonNode json) {
    return new Offer(server, json.path("provider").asText(""), json);
  }

  /** A server that knows nothing about sign-in: access tokens only. */
  static Offer none(ServerUrl server) {
    return new Offer(server, "", MissingNode.getInstance());
  }

  /** Contains at least {@link SignInMethod#TOKEN}. */
  Set<SignInMethod> methods() {
    Set<SignInMethod> methods = EnumSet.of(SignInMethod.TOKEN);
    json.path("methods").forEach(name -> SignInMethod.named(name.asText()).ifPresent(methods::add));
    return methods;
  }

  /** The names of all identity providers. */
  List<String> providers() {
    return StreamSupport.stream(json.path("providers").spliterator(), false)
        .map(each -> each.path("name").asText())
        .toList();
  }

  /** For users. */
  String displayName() {
    return text("display_name").orElse(provider);
  }

  String scope() {
    return text("scope").orElse("openid profile email offline_access");
  }

  /** Empty if the server does not say which issuer the redirect names. */
  Optional<String> issuer() {
    return text("issuer");
  }

  /** Whether every redirect of the provider names its issuer (RFC 9207). */
  boolean namesIssuer() {
    return json.path("authorization_response_iss_parameter_supported").asBoolean(false);
  }

  String browserClient() {
    return required("browser_client_id");
  }

  String deviceClient() {
    return required("device_client_id");
  }

  /** The provider's page, which may be at any origin. */
  BrowserPage browserPage() {
    return BrowserPage.require(required("browser_endpoint"));
  }

  /**
   * Checks that codes go to the server that the user named.
   *
   * @throws Failure if the server names another origin for them
   */
  void requireOwnEndpoints() {
    requireOwn("token_endpoint", OsmoApi.TOKEN);
    text("device_endpoint").ifPresent(unused -> requireOwn("device_endpoint", OsmoApi.DEVICE));
  }

  private void requireOwn(String field, String path) {
    String endpoint = required(field);
    if (!endpoint.equals(server.resolve(path))) {
      throw Failure.of(
          ExitCode.SERVER_ERROR,
          "The server names %s as its %s, which is not below %s".formatted(endpoint, field, server),
          "Log in to the server's own address: osmo login <url>");
    }
  }

  private String required(String field) {
    return text(field)
        .orElseThrow(
            () ->
                Failure.of(
                    ExitCode.SERVER_ERROR,
                    "The server's offer for sign-in has no " + field,
                    "Report it to the server's operator."));
  }

  private Optional<String> text(String field) {
    return Optional.of(json.path(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> !text.isBlank());
  }
}
