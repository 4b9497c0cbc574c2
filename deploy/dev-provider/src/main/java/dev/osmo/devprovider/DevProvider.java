package dev.osmo.devprovider;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A running provider. Its issuer is {@code http://127.0.0.1:PORT}. The users can be changed while
 * it runs; a change applies from the next token on, also to a refresh.
 */
public final class DevProvider implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int LARGEST_FORM = 64 * 1024;

  private final DevProviderSettings settings;
  private volatile HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String issuer;
  private final Directory directory;
  private final IdTokens idTokens;
  private final AuthorizationEndpoint authorization;
  private final DeviceEndpoint device;
  private final TokenEndpoint tokens;

  private DevProvider(DevProviderSettings settings, HttpServer server) {
    this.settings = settings;
    this.server = server;
    this.issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    this.directory = new Directory(settings.users());
    this.idTokens = new IdTokens(issuer, settings.idTokenLife());
    Codes codes = new Codes(settings.codeLife());
    DeviceGrants grants = new DeviceGrants();
    this.authorization = new AuthorizationEndpoint(settings, new Issuer(issuer), directory, codes);
    this.device = new DeviceEndpoint(settings, at("/device"), directory, grants);
    this.tokens = new TokenEndpoint(settings, directory, codes, grants, idTokens);
  }

  /**
   * Starts a provider on 127.0.0.1.
   *
   * @throws IOException if the port is in use
   */
  public static DevProvider start(DevProviderSettings settings) throws IOException {
    DevProvider provider = new DevProvider(settings, listener(settings.port()));
    provider.listen();
    return provider;
  }

  private static HttpServer listener(int port) throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
  }

  private void listen() {
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** As {@code http://127.0.0.1:9911}. */
  public String issuer() {
    return issuer;
  }

  public void setGroups(String user, List<String> groups) {
    directory.setGroups(user, groups);
  }

  /** From now on, the user cannot sign in, and no refresh succeeds. */
  public void disable(String user) {
    directory.disable(user);
  }

  public void enable(String user) {
    directory.enable(user);
  }

  /** From now on, nobody listens at the address of the issuer. */
  public void goAway() {
    server.stop(0);
  }

  /**
   * After {@link #goAway}: listens again, with all users, keys and refresh tokens of before.
   *
   * @throws IOException if the port is in use meanwhile
   */
  public void comeBack() throws IOException {
    server = listener(server.getAddress().getPort());
    listen();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange).write(exchange);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    if (!isOurs(exchange.getRequestHeaders().getFirst("Host"))) {
      return notFound();
    }
    URI target = exchange.getRequestURI();
    String query = target.getRawQuery() == null ? "" : target.getRawQuery();
    return switch (exchange.getRequestMethod() + " " + target.getPath()) {
      case "GET /.well-known/openid-configuration" ->
          Answer.json(metadata().toJSONObject().toJSONString());
      case "GET /jwks" -> Answer.json(idTokens.keySet().toString());
      case "GET /authorize" -> authorization.show(query);
      case "POST /authorize" ->
          authorization.decide(Form.parse(body(exchange)), settings.clock().instant());
      case "POST /token" -> tokens.issue(request(exchange), settings.clock().instant());
      case "POST /device_authorization" ->
          device.start(request(exchange), settings.clock().instant());
      case "GET /device" -> device.show(Form.parse(query), settings.clock().instant());
      case "POST /device" -> device.decide(Form.parse(body(exchange)), settings.clock().instant());
      case "POST /revoke" -> tokens.revoke(Form.parse(body(exchange)));
      case "GET /end_session" ->
          Answer.page(200, Page.message("Signed out", "You can close this page."));
      default -> notFound();
    };
  }

  /** A page of another site whose name resolves to 127.0.0.1 sends its own name. */
  private boolean isOurs(String host) {
    int port = server.getAddress().getPort();
    return Set.of("127.0.0.1:" + port, "localhost:" + port).contains(host);
  }

  private static Answer notFound() {
    return Answer.page(404, Page.message("Not found", "This provider has no such page."));
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readNBytes(LARGEST_FORM), StandardCharsets.UTF_8);
  }

  private HTTPRequest request(HttpExchange exchange) throws IOException {
    URL url = at(exchange.getRequestURI().getPath()).toURL();
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, url);
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> request.setHeader(name, values.toArray(String[]::new)));
    request.setBody(body(exchange));
    return request;
  }

  private OIDCProviderMetadata metadata() {
    OIDCProviderMetadata metadata =
        new OIDCProviderMetadata(new Issuer(issuer), List.of(SubjectType.PUBLIC), at("/jwks"));
    metadata.setAuthorizationEndpointURI(at("/authorize"));
    metadata.setTokenEndpointURI(at("/token"));
    metadata.setDeviceAuthorizationEndpointURI(at("/device_authorization"));
    metadata.setRevocationEndpointURI(at("/revoke"));
    metadata.setEndSessionEndpointURI(at("/end_session"));
    metadata.setResponseTypes(List.of(ResponseType.CODE));
    metadata.setGrantTypes(
        List.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.DEVICE_CODE));
    metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
    metadata.setIDTokenJWSAlgs(List.of(JWSAlgorithm.RS256));
    metadata.setTokenEndpointAuthMethods(List.of(ClientAuthenticationMethod.NONE));
    metadata.setSupportsAuthorizationResponseIssuerParam(true);
    return metadata;
  }

  private URI at(String path) {
    return URI.create(issuer + path);
  }
}
