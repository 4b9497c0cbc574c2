package dev.osmo.cli.listen;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a request, and where its body ends.
 *
 * @param target the path and query
 * @param body a request never has a body up to the end of the connection
 */
public record RequestHead(String method, String target, boolean http11, Head head, Framing body) {
  private static final Pattern LINE =
      Pattern.compile(
          "([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) "
              + "(/[\\x21\\x22\\x24-\\x7e]*) "
              + "HTTP/1\\.([01])");

  /**
   * Reads a request.
   *
   * @return empty if the client has closed the connection
   * @throws BadMessage for anything that another reader may understand differently
   */
  public static Optional<RequestHead> read(InputStream in) throws IOException {
    Optional<Head> head = Head.read(in);
    return head.isEmpty() ? Optional.empty() : Optional.of(of(head.get()));
  }

  static RequestHead of(Head head) throws BadMessage {
    Matcher line = LINE.matcher(head.start());
    if (!line.matches()) {
      throw BadMessage.malformed("The request line is not of HTTP/1.1 with a path");
    }
    boolean http11 = line.group(3).equals("1");
    List<String> hosts = head.values("Host");
    if (hosts.size() > 1 || (http11 && hosts.isEmpty())) {
      throw BadMessage.malformed("A request needs one Host header");
    }
    return new RequestHead(
        line.group(1), line.group(2), http11, head, Framing.ofRequest(head, http11));
  }

  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Empty without a question mark. */
  public String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  /** Whether the client sends another request on this connection. */
  public boolean isPersistent() {
    return http11 && !head.lists("Connection", "close");
  }
}
