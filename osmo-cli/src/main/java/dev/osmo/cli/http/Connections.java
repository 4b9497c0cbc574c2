package dev.osmo.cli.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests one after the other, and keeps the last connection for a moment: a command often
 * sends a second request. Guarantees:
 *
 * <ol>
 *   <li>A request takes at most its time limit, including the look-up of the name.
 *   <li>Only a request that may be repeated uses a kept connection, because the server may just be
 *       closing it.
 *   <li>Redirects are not followed, and nothing is repeated.
 * </ol>
 */
public final class Connections {
  /** Shorter than servers keep connections. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Duration idle;
  private Optional<Connection> kept = Optional.empty();

  public Connections() {
    this(IDLE);
  }

  /**
   * @param idle how long a connection is kept
   */
  Connections(Duration idle) {
    this.idle = idle;
  }

  /**
   * Waits for the complete response.
   *
   * @param repeatable whether processing the request twice changes nothing more
   * @throws NetworkFault without a complete response
   * @throws TimeoutException if the response is not complete within the limit
   */
  public HttpResponse send(Route route, HttpRequest request, boolean repeatable, Duration limit)
      throws NetworkFault, TimeoutException, InterruptedException {
    Call call = new Call();
    CompletableFuture<HttpResponse> response = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("request")
        .start(() -> complete(response, route, request, repeatable, call));
    try {
      return response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw fault(failed.getCause());
    } finally {
      if (!response.isDone()) {
        call.cancel();
      }
    }
  }

  private void complete(
      CompletableFuture<HttpResponse> response,
      Route route,
      HttpRequest request,
      boolean repeatable,
      Call call) {
    try {
      Connection connection = connection(route, repeatable, call);
      response.complete(exchanged(connection, request));
    } catch (IOException | RuntimeException | Error failed) {
      response.completeExceptionally(failed);
    }
  }

  private HttpResponse exchanged(Connection connection, HttpRequest request) throws IOException {
    try {
      return connection.exchange(request);
    } finally {
      keepIfReusable(connection);
    }
  }

  private Connection connection(Route route, boolean repeatable, Call call) throws IOException {
    Optional<Connection> last = taken();
    if (last.isPresent() && repeatable && last.get().isUsableFor(route, idle.toNanos())) {
      call.uses(last.get().tcp());
      return last.get();
    }
    last.ifPresent(Connection::close);
    return Connection.open(route, call);
  }

  private synchronized Optional<Connection> taken() {
    Optional<Connection> taken = kept;
    kept = Optional.empty();
    return taken;
  }

  private synchronized void keepIfReusable(Connection connection) {
    kept.ifPresent(Connection::close);
    kept = Optional.of(connection).filter(Connection::isReusable);
    if (kept.isEmpty()) {
      connection.close();
    }
  }

  private static NetworkFault fault(@Nullable Throwable cause) {
    return switch (cause) {
      case NetworkFault fault -> fault;
      case IOException broken -> new NetworkFault(NetworkFault.Kind.CUT_OFF);
      case Error error -> throw error;
      case RuntimeException bug -> throw bug;
      case null, default -> throw new IllegalStateException(cause);
    };
  }
}
