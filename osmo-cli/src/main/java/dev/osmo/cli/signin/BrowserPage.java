package dev.osmo.cli.signin;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page that a person opens: encrypted or on this machine, without white space. */
record BrowserPage(String text) {
  private static final int LONGEST = 4096;
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?<origin>https?://[A-Za-z0-9.:_\\[\\]-]+)([/?][!-~&&[^#\"'<>`\\\\^{|}]]*)?");

  /**
   * Checks an address that the server sent.
   *
   * @throws Failure if it is not an address, or neither encrypted nor on this machine
   */
  static BrowserPage require(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (text.length() > LONGEST || !shape.matches()) {
      throw refused(text, "is not the address of a page");
    }
    String origin = shape.group("origin");
    if (!origin.startsWith("https:") && !new ServerUrl(origin).isLoopback()) {
      throw refused(text, "is not encrypted");
    }
    return new BrowserPage(text);
  }

  BrowserPage with(Map<String, String> parameters) {
    return new BrowserPage(text + (text.contains("?") ? "&" : "?") + encoded(parameters));
  }

  private static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            entry ->
                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Failure refused(String text, String why) {
    return Failure.of(
        ExitCode.SERVER_ERROR,
        "The server's page for sign-in, " + text + ", " + why,
        "Report it to the server's operator.");
  }
}
