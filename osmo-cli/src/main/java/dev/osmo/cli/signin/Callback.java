package dev.osmo.cli.signin;

import dev.osmo.cli.listen.Answer;
import dev.osmo.cli.listen.Answering;
import dev.osmo.cli.listen.ListenAddress;
import dev.osmo.cli.listen.Listener;
import dev.osmo.cli.listen.RequestHead;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
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

  /** A browser opens some before it needs them. */
  private static final int CONNECTIONS = 64;

  private final RandomText state;
  private final Listener listener;
  private final CompletableFuture<RedirectQuery> accepted = new CompletableFuture<>();
  private final CompletableFuture<Answer> lastPage = new CompletableFuture<>();
  private final CountDownLatch shown = new CountDownLatch(1);
  private volatile int port;

  private Callback(int wanted, RandomText state) {
    this.state = state;
    this.listener =
        Listener.start(address(wanted), CONNECTIONS, Answering.once(this::answer, this::sent));
    this.port = ((ListenAddress.Tcp) listener.address()).port();
  }

  /**
   * Starts to listen.
   *
   * @param port 0 chooses a free one
   * @throws Failure if the port is in use
   */
  static Callback listen(int port, RandomText state) {
    try {
      return new Callback(port, state);
    } catch (Failure | IllegalArgumentException unusable) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Cannot listen on port " + port + " of 127.0.0.1",
          "Choose another one with --callback-port, or omit the option.");
    }
  }

  private static ListenAddress.Tcp address(int port) {
    try {
      return new ListenAddress.Tcp(InetAddress.getByAddress(LOOPBACK), port);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The redirect address of this sign-in. */
  String redirect() {
    return "http://127.0.0.1:" + port + PATH;
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
    lastPage.complete(page.answer());
    try {
      // The result does not depend on the page, so a browser that has gone away does not matter.
      boolean unused = shown.await(FOR_THE_LAST_PAGE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    lastPage.complete(ClosingPage.NOT_SIGNED_IN.answer());
    listener.close();
  }

  private Answer answer(RequestHead request) {
    if (!isForUs(request)) {
      return ClosingPage.NOT_FOUND.answer();
    }
    RedirectQuery query = RedirectQuery.parse(request.query());
    if (!query.has(state) || !accepted.complete(query)) {
      return ClosingPage.OTHER_SIGN_IN.answer();
    }
    return lastPage.join();
  }

  private void sent(Answer answer) {
    if (lastPage.isDone() && lastPage.join() == answer) {
      shown.countDown();
    }
  }

  /** A page of another site whose name resolves to 127.0.0.1 sends its own name as the host. */
  private boolean isForUs(RequestHead request) {
    return request.method().equals("GET")
        && request.path().equals(PATH)
        && Set.of("127.0.0.1:" + port, "localhost:" + port)
            .contains(request.head().first("Host").orElse(""));
  }
}
