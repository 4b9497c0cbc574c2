package dev.osmo.cli.authproxy;

import dev.osmo.cli.listen.BadMessage;
import dev.osmo.cli.listen.Framing;
import dev.osmo.cli.listen.Head;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of the server's response. Its body is still to be read. */
record ServerResponse(int status, boolean http11, Head head, Framing body) {
  private static final Pattern LINE = Pattern.compile("HTTP/1\\.([01]) ([1-5]\\d\\d)(?: .*)?");
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int FIRST_FINAL = 200;

  /**
   * Reads the response to a request, without interim responses.
   *
   * @throws EOFException if the server has closed the connection
   * @throws BadMessage if it is not a response of HTTP/1.1, or where it ends is unclear
   */
  static ServerResponse read(InputStream in, ForwardedRequest request) throws IOException {
    while (true) {
      Head head = Head.read(in).orElseThrow(EOFException::new);
      Matcher line = LINE.matcher(head.start());
      if (!line.matches()) {
        throw new BadMessage(502, "The server's response is not HTTP/1.1");
      }
      int status = Integer.parseInt(line.group(2));
      boolean switched = status == SWITCHING_PROTOCOLS;
      if (switched && !request.webSocket()) {
        throw new BadMessage(502, "The server changed the protocol without a request");
      }
      if (switched || status >= FIRST_FINAL) {
        return new ServerResponse(
            status,
            line.group(1).equals("1"),
            head,
            Framing.ofResponse(head, request.method(), status));
      }
    }
  }

  boolean isSwitched() {
    return status == SWITCHING_PROTOCOLS;
  }

  /** Whether the server keeps the connection after the body. */
  boolean isPersistent() {
    return http11 && !head.lists("Connection", "close") && !(body instanceof Framing.UntilClose);
  }

  /**
   * The head for the client. A response to HEAD keeps the length of the body that it does not have.
   */
  Head headFor(boolean persistent) {
    List<Head.Field> fields = new ArrayList<>(head.endToEnd());
    if (body instanceof Framing.Chunked) {
      fields.add(new Head.Field("Transfer-Encoding", "chunked"));
    }
    if (!persistent) {
      fields.add(new Head.Field("Connection", "close"));
    }
    return new Head(line(), fields);
  }

  /** The head before a WebSocket. */
  Head switchingHead() {
    List<Head.Field> fields = new ArrayList<>(head.endToEnd());
    fields.removeIf(field -> field.name().toLowerCase(Locale.ROOT).equals("content-length"));
    fields.add(new Head.Field("Connection", "Upgrade"));
    fields.add(new Head.Field("Upgrade", "websocket"));
    return new Head(line(), fields);
  }

  private String line() {
    return head.start().replaceFirst("^HTTP/1\\.0", "HTTP/1.1");
  }
}
