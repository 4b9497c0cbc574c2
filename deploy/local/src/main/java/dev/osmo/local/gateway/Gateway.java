package dev.osmo.local.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.proxy.handler.ProxyHandler;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The routes of the public address. Until {@link #open}, the response to every request is 503 with
 * the problem {@code starting}.
 */
public final class Gateway {
  private static final Set<Integer> NO_BODY = Set.of(204, 304);

  private final Vertx vertx;
  private final Router router;
  private volatile boolean open;

  public Gateway(Vertx vertx) {
    this.vertx = vertx;
    this.router = Router.router(vertx);
    router.route().handler(Gateway::withoutLengthOfNoBody);
    router.route().handler(new PlainPath());
    router.get("/health").handler(this::health);
    router.route().handler(this::onlyWhenOpen);
  }

  /** Adds the services, each on a loopback port. */
  public Gateway forward(int tokenServicePort, int authExchangePort, int sampleApiPort) {
    Map<String, Handler<RoutingContext>> services =
        Map.of(
            "token-service", proxy("token-service", tokenServicePort),
            "auth-exchange-service", proxy("auth-exchange-service", authExchangePort),
            "sample-api", proxy("sample-api", sampleApiPort));
    for (RouteTable.Route route : RouteTable.load().routes()) {
      Handler<RoutingContext> service = Objects.requireNonNull(services.get(route.service()));
      route
          .method()
          .map(method -> router.route(method, route.path()))
          .orElseGet(() -> router.route(route.path()))
          .handler(service);
    }
    return this;
  }

  /** The handler for the servers of the public address. */
  public Router router() {
    return router;
  }

  /** Starts to forward requests. The response to a path without a route is 404. */
  public void open() {
    router
        .route()
        .last()
        .handler(
            context ->
                ProblemType.NO_SUCH_ROUTE.respond(
                    context, "No route for " + context.normalizedPath() + "."));
    open = true;
  }

  /** The proxy marks every body of unknown length as chunked, also where there is none. */
  private static void withoutLengthOfNoBody(RoutingContext context) {
    HttpServerResponse response = context.response();
    context.addHeadersEndHandler(
        unused -> {
          if (NO_BODY.contains(response.getStatusCode())
              || context.request().method().equals(HttpMethod.HEAD)) {
            response.headers().remove(HttpHeaders.TRANSFER_ENCODING);
          }
        });
    context.next();
  }

  private void health(RoutingContext context) {
    if (open) {
      context.json(new JsonObject().put("status", "OK"));
    } else {
      ProblemType.STARTING.respond(context, "The stack is still starting.");
    }
  }

  private void onlyWhenOpen(RoutingContext context) {
    if (open) {
      context.next();
    } else {
      ProblemType.STARTING.respond(context, "The stack is still starting; try again in a moment.");
    }
  }

  /** Without WebSockets: no service uses them, and an upgrade would bypass the interceptor. */
  private Handler<RoutingContext> proxy(String service, int port) {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(2000)
                .setMaxPoolSize(64)
                .setKeepAliveTimeout(5));
    HttpProxy proxy = HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client);
    return ProxyHandler.create(
        proxy.origin(port, "127.0.0.1").addInterceptor(new Forwarding(service)));
  }
}
