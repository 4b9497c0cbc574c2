package dev.osmo.exchange.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Identity providers on a scripted server. The discovery documents of the first three are usable,
 * and each of the others has one flaw. Each provider has a client {@code NAME-cli}; the first one
 * has the device client {@code corp-device}, too.
 */
public final class SignInProviders implements AutoCloseable {

  public static final String CLIENT_SECRET = "s3cret: with a colon & ümlaut";
  public static final String WEB_SECRET = "s3cret-of-the-web-page";

  private final ScriptedServer server;
  private final Path file;

  private SignInProviders(ScriptedServer server, Path file) {
    this.server = server;
    this.file = file;
  }

  static SignInProviders start(Path folder) {
    ScriptedServer server = ScriptedServer.start();
    String base = server.base();
    serve(server, "corp", Reply.json(200, document(base, "corp")));
    serve(server, "secret", Reply.json(200, document(base, "secret")));
    Map<String, Object> query = new HashMap<>(document(base, "query"));
    query.put("authorization_endpoint", base + "/query/authorize?policy=a%20b");
    query.put("token_endpoint", base + "/query/token?policy=a%20b");
    query.put("authorization_response_iss_parameter_supported", true);
    serve(server, "query", Reply.json(200, query));
    serve(server, "mixed-up", Reply.json(200, document(base, "corp")));
    serve(
        server,
        "redirecting",
        Reply.redirect(302, base + "/corp/.well-known/openid-configuration"));
    serve(server, "text", Reply.text(200, "<html>"));
    serve(server, "array", Reply.text(200, "[]"));
    serve(server, "huge", Reply.text(200, "{\"issuer\": \"" + "x".repeat(100_000) + "\"}"));
    serve(server, "silent", Reply.never());
    serve(
        server,
        "unsafe",
        Reply.json(
            200,
            Map.of(
                "issuer", base + "/unsafe",
                "authorization_endpoint", "http://login.example.com/authorize",
                "token_endpoint", base + "/unsafe/token")));
    try {
      Path secret = Files.writeString(folder.resolve("client-secret"), CLIENT_SECRET + "\n");
      Path webSecret = Files.writeString(folder.resolve("web-secret"), WEB_SECRET + "\n");
      Path file = folder.resolve("identity-providers.json");
      Files.writeString(
          file,
          """
          {"providers": [
            {"name": "corp", "issuer": "%1$s/corp", "display_name": "Example Corp", "browser_client": "corp-cli", "device_client": "corp-device"},
            {"name": "secret", "issuer": "%1$s/secret", "browser_client": "secret-cli", "client_secret_file": "%2$s", "web_client": "secret-web", "web_client_secret_file": "%3$s", "scopes": ["openid"]},
            {"name": "query", "issuer": "%1$s/query", "browser_client": "query-cli"},
            {"name": "mixed-up", "issuer": "%1$s/mixed-up", "browser_client": "mixed-up-cli"},
            {"name": "redirecting", "issuer": "%1$s/redirecting", "browser_client": "redirecting-cli"},
            {"name": "text", "issuer": "%1$s/text", "browser_client": "text-cli"},
            {"name": "array", "issuer": "%1$s/array", "browser_client": "array-cli"},
            {"name": "huge", "issuer": "%1$s/huge", "browser_client": "huge-cli"},
            {"name": "silent", "issuer": "%1$s/silent", "browser_client": "silent-cli"},
            {"name": "unsafe", "issuer": "%1$s/unsafe", "browser_client": "unsafe-cli"}
          ]}
          """
              .formatted(base, secret.toAbsolutePath(), webSecret.toAbsolutePath()));
      return new SignInProviders(server, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(ScriptedServer server, String provider, Reply document) {
    server.always("/" + provider + "/.well-known/openid-configuration", document);
  }

  private static Map<String, String> document(String base, String provider) {
    String issuer = base + "/" + provider;
    return Map.of(
        "issuer", issuer,
        "authorization_endpoint", issuer + "/authorize",
        "token_endpoint", issuer + "/token",
        "device_authorization_endpoint", issuer + "/device",
        "revocation_endpoint", issuer + "/revoke",
        "end_session_endpoint", issuer + "/logout");
  }

  /** The file for {@code auth-exchange.identity-providers-file}. */
  Path file() {
    return file;
  }

  /** The address for {@code auth-exchange.token-service-url}. */
  String tokenService() {
    return server.base() + "/token-service";
  }

  @Override
  public void close() {
    server.close();
  }
}
