package dev.osmo.cli.listen;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A request to another osmo process on this machine. */
public final class LocalCall {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private LocalCall() {}

  /**
   * Sends a request without a body.
   *
   * @return the status of the response
   * @throws Failure with {@link ExitCode#TRY_LATER} without a response
   */
  public static int status(ListenAddress address, String method, String path) {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try (SocketChannel channel = SocketChannel.open(address.family())) {
      var unused = timer.schedule(() -> close(channel), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      channel.connect(address.socketAddress());
      Channels.newOutputStream(channel).write(request(method, path));
      Head head = Head.read(Channels.newInputStream(channel)).orElseThrow(EOFException::new);
      return status(head);
    } catch (IOException absent) {
      throw Failure.of(
          ExitCode.TRY_LATER,
          "No sidecar answers on " + address,
          "Check that osmo sidecar run has this address.");
    } finally {
      timer.shutdownNow();
    }
  }

  private static byte[] request(String method, String path) {
    return (method
            + " "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nOsmo-Sidecar: true\r\nConnection: close\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static int status(Head head) throws IOException {
    if (!head.start().matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
      throw BadMessage.malformed("The status line is malformed");
    }
    return Integer.parseInt(head.start().split(" ", 3)[1]);
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException alreadyClosed) {
      // It is not used any more.
    }
  }
}
