package dev.osmo.cli.listen;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A connection from a client. When its time limit is over, it is closed, and whatever reads or
 * writes fails.
 */
public final class Incoming implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

  private final SocketChannel channel;
  private final InputStream in;
  private final OutputStream out;
  private volatile long deadline = NEVER;
  private volatile CompletableFuture<Void> watched = CompletableFuture.completedFuture(null);

  Incoming(SocketChannel channel) {
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel), 4096);
    this.out = Channels.newOutputStream(channel);
  }

  public InputStream in() {
    return in;
  }

  public OutputStream out() {
    return out;
  }

  /** From now. Replaces the last limit. */
  public void limit(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  public void unlimited() {
    deadline = NEVER;
  }

  /**
   * Notices that the client closes the connection while its request is being served. Until {@link
   * #awaitMore} returns, nobody else may read. Does nothing while it is being watched already.
   *
   * @param gone runs on another thread
   */
  public void watch(Runnable gone) {
    if (!watched.isDone()) {
      return;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    watched = done;
    Thread.ofVirtual()
        .start(
            () -> {
              if (!hasMore()) {
                gone.run();
              }
              done.complete(null);
            });
  }

  /** Returns when the client has sent more, or has closed the connection, since it is watched. */
  public void awaitMore() {
    watched.join();
  }

  /** Waits; reads nothing. */
  private boolean hasMore() {
    try {
      in.mark(1);
      int next = in.read();
      in.reset();
      return next >= 0;
    } catch (IOException closed) {
      return false;
    }
  }

  boolean isOverdue(long nanoTime) {
    long limit = deadline;
    return limit != NEVER && nanoTime - limit > 0;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException alreadyClosed) {
      // It is not used any more.
    }
  }
}
