package dev.osmo.cli.signin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits on 127.0.0.1 for the browser to return (RFC 8252, section 7.3). Guarantees:
 *
 * <ol>
 *   <li>Exactly one request is accepted: the first with the path, the host and the state of this
 *       sign-in. All others, such as the request for an icon or a forged one, change nothing.
 *   <li>Nothing of a request is in a page, so that no page can contain foreign HTML.
 * </ol>
 */
final class Callback implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final String PATH = "/callback";
  private static final Duration FOR_THE_LAST_PAGE = Duration.ofSeconds(5);

  private final HttpServer server;
  private final RandomText state;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("sign-in", 0).factory());
  private final CompletableFuture<RedirectQuery> accepted = new CompletableFuture<>();
  private final CompletableFuture<ClosingPage> lastPage = new CompletableFuture<>();
  private final CountDownLatch shown = new CountDownLatch(1);

  private Callback(HttpServer server, RandomText state) {
    this.server = server;
    this.state = state;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 chooses a free one
   * @throws Failure if the port is in use
   */
  static Callback listen(int port, RandomText state) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
      Callback callback = new Callback(server, state);
      server.setExecutor(callback.threads);
      server.createContext("/", callback::handle);
      server.start();
      return callback;
    } catch (IOException | IllegalArgumentException unusable) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Cannot listen on port " + port + " of 127.0.0.1",
          "Choose another one with --callback-port, or omit the option.");
    }
  }

  /** The redirect address of this sign-in. */
  String redirect() {
    return "http://127.0.0.1:" + port() + PATH;
  }

  /**
   * Waits for the browser.
   *
   * @throws Failure if it does not return in time
   */
  RedirectQuery await(Duration timeout) {
    try {
      return accepted.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException nobody) {
      throw Failure.of(
          ExitCode.NOT_AUTHENTICATED,
          "Nobody signed in within " + timeout.toSeconds() + " s",
          "Try again, or sign in on another device: osmo login <url> --method=code");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted", "");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Shows the last page to the browser that returned, and waits until it was sent. */
  void show(ClosingPage page) {
    lastPage.complete(page);
    try {
      // The result does not depend on the page, so a browser that has gone away does not matter.
      boolean unused = shown.await(FOR_THE_LAST_PAGE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    if (!isForUs(exchange)) {
      write(exchange, ClosingPage.NOT_FOUND);
      return;
    }
    RedirectQuery query = RedirectQuery.parse(exchange.getRequestURI().getRawQuery());
    if (!query.has(state) || !accepted.complete(query)) {
      write(exchange, ClosingPage.OTHER_SIGN_IN);
      return;
    }
    writeLast(exchange);
  }

  private void writeLast(HttpExchange exchange) throws IOException {
    try {
      write(exchange, lastPage.get());
    } catch (InterruptedException | ExecutionException closed) {
      // The command has ended.
    } finally {
      shown.countDown();
    }
  }

  /** A page of another site whose name resolves to 127.0.0.1 sends its own name as the host. */
  private boolean isForUs(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET")
        && PATH.equals(exchange.getRequestURI().getPath())
        && Set.of("127.0.0.1:" + port(), "localhost:" + port())
            .contains(String.valueOf(exchange.getRequestHeaders().getFirst("Host")));
  }

  private int port() {
    return server.getAddress().getPort();
  }

  /** When it returns, everything was sent. */
  private static void write(HttpExchange exchange, ClosingPage page) throws IOException {
    byte[] html = page.html().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
    exchange
        .getResponseHeaders()
        .set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    exchange.getResponseHeaders().set("Connection", "close");
    try (exchange) {
      exchange.sendResponseHeaders(page.status(), html.length);
      exchange.getResponseBody().write(html);
    }
  }
}
