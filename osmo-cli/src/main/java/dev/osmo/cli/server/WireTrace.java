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
import java.util.regex.Pattern;

/**
 * {@code --debug}: prints requests and responses to standard error. Guarantee: it contains no
 * access token and no JWT, complete or truncated, and none of the secrets of a sign-in.
 */
@Singleton
public class WireTrace {
  private static final int LONGEST_BODY = 4000;
  private static final List<String> SECRET_HEADERS =
      List.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-osmo-auth");

  /** The secrets of a sign-in, in a form or in JSON. They have no shape of their own. */
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "(?<name>(?<![A-Za-z_])(code|code_verifier|device_code|nonce|refresh_token)(=|\"\\s*:\\s*\"))"
              + "[^\"&]*");

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
      String line = TerminalText.oneLine(new String(body, StandardCharsets.UTF_8));
      String text = Masked.text(SECRET_PARAMETER.matcher(line).replaceAll("${name}***"));
      print(direction + " " + text.substring(0, Math.min(LONGEST_BODY, text.length())));
    }
  }

  private void print(String line) {
    terminal.message(line);
  }
}
