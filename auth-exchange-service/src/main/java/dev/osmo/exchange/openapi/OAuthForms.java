package dev.osmo.exchange.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;

/**
 * The forms of the OAuth routes. They have no Java type, because their members depend on values.
 */
final class OAuthForms {

  private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";
  private static final String VERIFIER = "^[A-Za-z0-9._~-]{43,128}$";
  private static final String TYPES = "urn:ietf:params:oauth:token-type:";
  private static final String GRANTS = "urn:ietf:params:oauth:grant-type:";

  private OAuthForms() {}

  /** The form that is sent to this path; empty for a path without one. */
  static Optional<RequestBody> of(String path) {
    return schema(path).map(OAuthForms::body);
  }

  private static RequestBody body(Schema form) {
    return OASFactory.createRequestBody()
        .required(true)
        .content(
            OASFactory.createContent()
                .addMediaType(MEDIA_TYPE, OASFactory.createMediaType().schema(form)));
  }

  private static Optional<Schema> schema(String path) {
    return switch (path) {
      case "/oauth2/token" -> Optional.of(token());
      case "/oauth2/web_session" -> Optional.of(webSession());
      case "/oauth2/device_authorization" -> Optional.of(device());
      case "/oauth2/introspect", "/oauth2/revoke" -> Optional.of(presented());
      default -> Optional.empty();
    };
  }

  private static Schema token() {
    return form("grant_type")
        .addProperty(
            "grant_type",
            oneOf(
                GRANTS + "token-exchange",
                "authorization_code",
                GRANTS + "device_code",
                "refresh_token"))
        .addProperty(
            "subject_token",
            text("The access token, the token of a workload, or a person's ID token."))
        .addProperty(
            "subject_token_type",
            oneOf(
                    "urn:osmo:params:oauth:token-type:pat",
                    TYPES + "access_token",
                    TYPES + "id_token",
                    TYPES + "jwt")
                .description(
                    "id_token and jwt are equivalent. With osmo_pat they stand for the token of a"
                        + " workload, without it for the ID token of a person."))
        .addProperty(
            "osmo_pat",
            text(
                "With the token of a workload: the access token that trusts it, by its pat_ id or"
                    + " as OWNER/NAME."))
        .addProperty("requested_token_type", oneOf(TYPES + "access_token", TYPES + "jwt"))
        .addProperty(
            "client_id",
            text(
                "The client of the sign-in, from /api/auth/login. It decides the identity"
                    + " provider."))
        .addProperty("code", text("The code that the identity provider issued."))
        .addProperty(
            "redirect_uri", text("Where the identity provider sent the code.").format("uri"))
        .addProperty("code_verifier", text("RFC 7636. Required with code.").pattern(VERIFIER))
        .addProperty("nonce", text("What the client sent to the identity provider, if it did."))
        .addProperty("device_code", text("From /oauth2/device_authorization."))
        .addProperty("refresh_token", text())
        .addProperty("scope", text("The only roles requested, separated by single spaces."))
        .addProperty(
            "audience", text("The audience of the JWT; the operator configures which are allowed."))
        .addProperty(
            "resource",
            text("The address of a server, as the audience. Cannot be combined with audience.")
                .format("uri"));
  }

  private static Schema webSession() {
    return form("grant_type")
        .addProperty("grant_type", oneOf("authorization_code", "refresh_token"))
        .addProperty("client_id", text())
        .addProperty("code", text())
        .addProperty("redirect_uri", text().format("uri"))
        .addProperty("code_verifier", text().pattern(VERIFIER))
        .addProperty("nonce", text());
  }

  private static Schema device() {
    return form("client_id")
        .addProperty("client_id", text("The device_client_id of /api/auth/login."))
        .addProperty("scope", text("Ignored. The operator configures the scope."))
        .addProperty(
            "code_challenge", text("For identity providers that require it.").pattern(VERIFIER))
        .addProperty("code_challenge_method", createSchema().constValue("S256"));
  }

  private static Schema presented() {
    return form("token")
        .addProperty("token", text())
        .addProperty("token_type_hint", text("Not needed."));
  }

  private static Schema form(String required) {
    return createSchema().addType(SchemaType.OBJECT).addRequired(required);
  }

  private static Schema text() {
    return createSchema().addType(SchemaType.STRING);
  }

  private static Schema text(String description) {
    return text().description(description);
  }

  private static Schema oneOf(String... values) {
    return createSchema().enumeration(List.of((Object[]) values));
  }
}
