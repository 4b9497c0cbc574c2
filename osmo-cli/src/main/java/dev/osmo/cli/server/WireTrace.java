package dev.osmo.cli.server;

import dev.osmo.cli.output.Masked;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.output.TerminalText;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code --debug}: prints requests and responses to standard error. Guarantee: it contains no
 * access token and no JWT, complete or truncated.
 */
@Singleton
public class WireTrace {
  private static final int LONGEST_BODY = 4000;
  private static final List<String> SECRET_HEADERS =
      List.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-osmo-auth");

  private final Terminal terminal;
  private boolean enabled;

  WireTrace(Terminal terminal) {
    this.terminal = terminal;
  }

  public void enable(boolean on) {
    enabled = on;
  }

  void request(ServerUrl server, RawRequest request) {
    if (enabled) {
      print("> " + request.method() + " " + server.resolve(request.pathAndQuery()));
      new TreeMap<>(request.headers()).forEach((name, value) -> header(">", name, value));
      body(">", request.body());
    }
  }

  void response(int status, Map<String, List<String>> headers, byte[] body) {
    if (enabled) {
      print("< " + status);
      new TreeMap<>(headers)
          .forEach((name, values) -> values.forEach(value -> header("<", name, value)));
      body("<", body);
    }
  }

  void note(String text) {
    if (enabled) {
      print("* " + text);
    }
  }

  private void header(String direction, String name, String value) {
    boolean secret = SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT));
    print(direction + " " + name + ": " + (secret ? "***" : value));
  }

  /** Sanitized and masked before it is truncated, because truncation may split a token. */
  private void body(String direction, byte[] body) {
    if (body.length > 0) {
      String text = Masked.text(TerminalText.oneLine(new String(body, StandardCharsets.UTF_8)));
      print(direction + " " + text.substring(0, Math.min(LONGEST_BODY, text.length())));
    }
  }

  private void print(String line) {
    terminal.message(line);
  }
}
