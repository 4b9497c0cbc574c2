package dev.osmo.cli.authproxy;

import dev.osmo.cli.listen.BadMessage;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.Upstream;
import dev.osmo.cli.server.UpstreamConnection;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The connection to the server that belongs to one connection of a client. Only a request that may
 * be repeated uses it again, because the server may just be closing it.
 */
final class ServerSide implements AutoCloseable {
  /** Writes the body of a request. */
  @FunctionalInterface
  interface Body {
    void to(OutputStream out) throws IOException;
  }

  /** There is no response. */
  static final class Unreachable extends IOException {
    private static final long serialVersionUID = 1L;

    private Unreachable(String why) {
      super(why);
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  private final Upstream upstream;
  private volatile Optional<UpstreamConnection> open = Optional.empty();
  private volatile boolean abandoned;

  ServerSide(Upstream upstream) {
    this.upstream = upstream;
  }

  /**
   * Sends a request and reads the head of the response. The body is then to be read from {@link
   * #connection}.
   *
   * @throws Unreachable without a response
   */
  ServerResponse response(ForwardedRequest request, String jwt, Body body) throws IOException {
    boolean reused = open.isPresent() && request.isRepeatable();
    if (!reused) {
      reopen();
    }
    try {
      return exchanged(request, jwt, body);
    } catch (BadMessage unreadable) {
      throw unreachable(unreadable.why());
    } catch (ClientIsGone gone) {
      throw gone;
    } catch (IOException closed) {
      if (!reused || abandoned) {
        throw unreachable("The server closed the connection without a response");
      }
    }
    reopen();
    try {
      return exchanged(request, jwt, body);
    } catch (BadMessage unreadable) {
      throw unreachable(unreadable.why());
    } catch (IOException closed) {
      throw unreachable("The server closed the connection without a response");
    }
  }

  private ServerResponse exchanged(ForwardedRequest request, String jwt, Body body)
      throws IOException {
    UpstreamConnection connection = connection();
    OutputStream out = new Patient(connection.out());
    out.write(
        request
            .head(connection.target(request.original().target()), connection.authority(), jwt)
            .bytes());
    try {
      body.to(out);
    } catch (EOFException incomplete) {
      throw new ClientIsGone();
    }
    out.flush();
    return ServerResponse.read(connection.in(), request);
  }

  private void reopen() throws Unreachable {
    drop();
    try {
      open = Optional.of(upstream.connect());
    } catch (Failure failure) {
      throw unreachable(failure.what());
    }
  }

  private Unreachable unreachable(String why) {
    drop();
    return new Unreachable(why);
  }

  UpstreamConnection connection() {
    return open.orElseThrow();
  }

  /** Ends what is being sent or received. May be called by any thread. */
  void clientIsGone() {
    abandoned = true;
    open.ifPresent(UpstreamConnection::close);
  }

  /** After the body of a response. */
  void release(boolean reusable) {
    if (!reusable) {
      drop();
    }
  }

  void drop() {
    open.ifPresent(UpstreamConnection::close);
    open = Optional.empty();
  }

  @Override
  public void close() {
    drop();
  }

  /** The client closed its connection within the body of its request. */
  private static final class ClientIsGone extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Ignores a server that reads no further: it may have sent its response before, such as that the
   * body is too large.
   */
  private static final class Patient extends FilterOutputStream {
    private boolean closed;

    Patient(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (!closed) {
        try {
          out.write(bytes, offset, length);
        } catch (IOException noFurther) {
          closed = true;
        }
      }
    }

    @Override
    public void write(int single) {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void flush() {
      if (!closed) {
        try {
          out.flush();
        } catch (IOException noFurther) {
          closed = true;
        }
      }
    }
  }
}
