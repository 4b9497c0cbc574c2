package dev.osmo.local.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.proxy.handler.ProxyHandler;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;

/**
 * The routes of the public address. Until {@link #open}, the response to every request is 503 with
 * the problem {@code starting}.
 */
public final class Gateway {
  private final Vertx vertx;
  private final Router router;
  private volatile boolean open;

  public Gateway(Vertx vertx) {
    this.vertx = vertx;
    this.router = Router.router(vertx);
    router.route().handler(new PlainPath());
    router.get("/health").handler(this::health);
    router.route().handler(this::onlyWhenOpen);
  }

  /** Adds the services, each on a loopback port. */
  public Gateway forward(int tokenServicePort, int authExchangePort, int sampleApiPort) {
    Handler<RoutingContext> tokenService = proxy("token-service", tokenServicePort);
    RouteTable.TOKEN_SERVICE.forEach(path -> router.route(path + "/*").handler(tokenService));
    RouteTable.TOKEN_SERVICE_EXACT.forEach(path -> router.route(path).handler(tokenService));
    Handler<RoutingContext> authExchange = proxy("auth-exchange-service", authExchangePort);
    RouteTable.AUTH_EXCHANGE.forEach(path -> router.route(path + "/*").handler(authExchange));
    Handler<RoutingContext> sampleApi = proxy("sample-api", sampleApiPort);
    router.get(RouteTable.LIST_WORKFLOWS).handler(sampleApi);
    router.post(RouteTable.SUBMIT_WORKFLOW).handler(sampleApi);
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
