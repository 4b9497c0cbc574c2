package dev.osmo.cli.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.Optional;

/** A request that can be cancelled. Guarantee: after that, it sends nothing more. */
final class Call {
  private boolean cancelled;
  private Optional<Socket> socket = Optional.empty();

  /** Must be called before anything is sent. */
  synchronized void uses(Socket used) throws InterruptedIOException {
    if (cancelled) {
      throw new InterruptedIOException();
    }
    socket = Optional.of(used);
  }

  synchronized void cancel() {
    cancelled = true;
    socket.ifPresent(
        open -> {
          try {
            open.close();
          } catch (IOException alreadyClosed) {
            // Nothing more is sent.
          }
        });
  }
}
