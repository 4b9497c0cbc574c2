package dev.osmo.cli.server;

import dev.osmo.cli.http.HttpResponse;
import dev.osmo.cli.http.NetworkFault;
import dev.osmo.cli.http.Proxy;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells users which failure of the network it was, and what to do next. */
final class NetworkFailure {
  private static final int BAD_REQUEST = 400;

  /** The words of nginx, of Go's and of Apache's server. */
  private static final Pattern HTTPS_EXPECTED =
      Pattern.compile("(?i)HTTPS port|HTTPS server|SSL-enabled server port");

  private static final String CHECK_SERVER = "Check the address and that the server is running.";
  private static final String CHECK_PROXY =
      "Check the proxy variable, or exempt the server with NO_PROXY.";

  private NetworkFailure() {}

  /** Whether the same request may succeed a moment later. */
  static boolean mayPass(NetworkFault.Kind kind) {
    return switch (kind) {
      case NAME_NOT_FOUND, REFUSED, NO_ROUTE, CONNECT_TIMEOUT, NO_RESPONSE, CUT_OFF -> true;
      case PROXY_PASSWORD,
          PROXY_STATUS,
          NOT_TLS,
          IS_TLS,
          UNTRUSTED,
          OTHER_HOST,
          NOT_VALID_NOW,
          TLS_FAILED,
          NOT_HTTP,
          TOO_LARGE ->
          false;
    };
  }

  static Failure of(NetworkFault fault, ServerUrl server, Optional<Proxy> proxy) {
    String hop = proxy.map(each -> "the proxy " + each).orElse(server.endpoint().toString());
    String host =
        proxy.map(each -> "the proxy " + each.endpoint().host()).orElse(server.endpoint().host());
    String check = proxy.isPresent() ? CHECK_PROXY : CHECK_SERVER;
    return switch (fault.kind()) {
      case NAME_NOT_FOUND ->
          unreachable(
              server,
              "the name of " + host + " was not found",
              proxy.isPresent() ? CHECK_PROXY : "Check its spelling, and the network connection.");
      case REFUSED -> unreachable(server, hop + " refuses connections", check);
      case NO_ROUTE -> unreachable(server, "there is no route to " + hop, check);
      case CONNECT_TIMEOUT -> unreachable(server, hop + " does not respond", check);
      case PROXY_PASSWORD -> proxyPassword();
      case PROXY_STATUS ->
          unreachable(
              server, hop + " does not connect to it (status " + fault.detail() + ")", CHECK_PROXY);
      case NOT_TLS ->
          untrusted(
              server,
              "the port does not use TLS",
              "Check the port, or use http:// if the server has no TLS.");
      case IS_TLS -> requiresTls(server);
      case UNTRUSTED ->
          untrusted(
              server,
              "no trusted authority signed its certificate",
              "If your organization has its own authority, set OSMO_CA_FILE to a file with the"
                  + " authority's certificate.");
      case OTHER_HOST ->
          untrusted(
              server,
              "its certificate is for another host",
              "Use the host name in the certificate.");
      case NOT_VALID_NOW ->
          untrusted(
              server,
              "its certificate has expired or is not valid yet",
              "Check the clock of this machine, or tell the server's operator.");
      case TLS_FAILED -> untrusted(server, fault.detail(), CHECK_SERVER);
      case NOT_HTTP -> unreachable(server, "the response is not HTTP", CHECK_SERVER);
      case NO_RESPONSE ->
          unreachable(
              server,
              "the connection was closed without a response",
              server.isEncrypted() ? check : check + " If it requires TLS, use https://");
      case CUT_OFF ->
          unreachable(server, "the connection was cut off during the response", CHECK_SERVER);
      case TOO_LARGE ->
          failed("The response from " + server + " is larger than 16 MiB", CHECK_SERVER);
    };
  }

  /** Web servers recognize an unencrypted request at a port with TLS, and respond in words. */
  static boolean asksForTls(HttpResponse response) {
    return response.status() == BAD_REQUEST
        && HTTPS_EXPECTED.matcher(new String(response.body(), StandardCharsets.UTF_8)).find();
  }

  static Failure requiresTls(ServerUrl server) {
    return unreachable(server, "the port requires TLS", "Use https://");
  }

  static Failure late(ServerUrl server, Duration limit) {
    return failed(
        "No complete response from " + server + " within " + limit.toSeconds() + " s",
        CHECK_SERVER);
  }

  static Failure proxyPassword() {
    return Failure.of(
        ExitCode.USER_ERROR,
        "The proxy requires a user name and password, or does not accept them",
        "Set them in the proxy variable: http://user:password@host:port");
  }

  private static Failure unreachable(ServerUrl server, String why, String next) {
    return failed("Cannot reach " + server + ": " + why, next);
  }

  private static Failure untrusted(ServerUrl server, String why, String next) {
    return failed("No trusted TLS connection to " + server + ": " + why, next);
  }

  private static Failure failed(String what, String next) {
    return Failure.of(ExitCode.SERVER_ERROR, what, next);
  }
}
