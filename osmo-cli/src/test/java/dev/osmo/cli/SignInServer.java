package dev.osmo.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.util.Map;

/** The responses of a server through which people sign in. */
record SignInServer(WireMockServer server) {
  static final String OFFER = "/api/auth/login";
  static final String TOKEN = "/oauth2/token";
  static final String DEVICE = "/oauth2/device_authorization";
  static final String REVOKE = "/oauth2/revoke";
  static final String ISSUER = "http://127.0.0.1:9911";

  /** The offer of a server with one provider, with changes. */
  void offers(Map<String, Object> changes) {
    ObjectNode offer =
        (ObjectNode)
            Contracts.json(
                """
                {"device_endpoint": "URL/oauth2/device_authorization", "device_client_id": "device-client",
                 "browser_endpoint": "ISSUER/authorize", "browser_client_id": "browser-client",
                 "token_endpoint": "URL/oauth2/token", "logout_endpoint": null,
                 "provider": "dev", "display_name": "Development", "issuer": "ISSUER",
                 "scope": "openid offline_access", "methods": ["pkce", "code", "token"],
                 "providers": [{"name": "dev", "display_name": "Development"}]}
                """
                    .replace("URL", "http://localhost:" + server.port())
                    .replace("ISSUER", ISSUER));
    changes.forEach(offer::putPOJO);
    server.stubFor(get(urlPathEqualTo(OFFER)).willReturn(okJson(offer.toString())));
  }

  void deviceStarts(String page) {
    server.stubFor(
        post(urlPathEqualTo(DEVICE))
            .willReturn(
                okJson(
                    "{\"device_code\":\"device-code-1\",\"user_code\":\"WDJB-MJHT\","
                        + "\"verification_uri\":\""
                        + page
                        + "\",\"expires_in\":60,\"interval\":1}")));
  }

  void tokenEndpoint(ResponseDefinitionBuilder response) {
    server.stubFor(post(urlPathEqualTo(TOKEN)).willReturn(response));
  }

  void tokenEndpointInTurn(ResponseDefinitionBuilder... responses) {
    for (int i = 0; i < responses.length; i++) {
      server.stubFor(
          post(urlPathEqualTo(TOKEN))
              .inScenario("poll")
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
              .willReturn(responses[i])
              .willSetStateTo("after " + (i + 1)));
    }
  }

  /** A session's tokens. */
  static ResponseDefinitionBuilder tokens(String refreshToken, String jwtId) {
    long issued = System.currentTimeMillis() / 1000;
    String jwt =
        FakeJwt.withClaims(
            """
            {"sub":"user@example.com","iat":%d,"exp":%d,"jti":"%s","sid":"session-1","name":"user@example.com"}
            """
                .formatted(issued, issued + 300, jwtId));
    return okJson(
        """
        {"access_token":"%1$s","id_token":"%1$s","token_type":"Bearer","expires_in":300,"refresh_token":"%2$s"}
        """
            .formatted(jwt, refreshToken));
  }

  static ResponseDefinitionBuilder oauthError(String error, String description) {
    return aResponse()
        .withStatus(400)
        .withHeader("Content-Type", "application/json")
        .withBody("{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description));
  }

  /**
   * A refused refresh.
   *
   * @param problem the name in the catalogue of problems
   */
  static ResponseDefinitionBuilder notRefreshed(String problem, String description) {
    return aResponse()
        .withStatus(400)
        .withHeader("Content-Type", "application/json")
        .withBody(
            """
            {"error":"invalid_grant","error_description":"%s","problem":"%s"}
            """
                .formatted(description, problem));
  }
}
