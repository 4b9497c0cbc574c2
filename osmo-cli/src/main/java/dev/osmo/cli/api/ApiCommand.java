package dev.osmo.cli.api;

import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.ServerResponse;
import dev.osmo.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "api", description = "Send one authenticated request and print the response body.")
public class ApiCommand implements Runnable {

  @Parameters(index = "0", paramLabel = "METHOD", description = "GET, POST, PUT, PATCH, DELETE …")
  private String method = "";

  @Parameters(
      index = "1",
      paramLabel = "PATH",
      description = "Path below the server's address, with its query: " + OsmoApi.EXAMPLE)
  private String path = "";

  @Option(
      names = {"-d", "--data"},
      paramLabel = "DATA",
      description = "Request body; @FILE reads it from a file, @- from standard input.")
  private Optional<String> data = Optional.empty();

  @Option(
      names = {"-H", "--header"},
      paramLabel = "NAME: VALUE",
      description = "An additional header. It cannot replace osmo's own headers.")
  private List<String> headers = new ArrayList<>();

  private final RequestData bodies;
  private final Session session;
  private final Terminal terminal;

  ApiCommand(RequestData bodies, Session session, Terminal terminal) {
    this.bodies = bodies;
    this.session = session;
    this.terminal = terminal;
  }

  /** Prints the body whatever the status; the exit code reports whether the request succeeded. */
  @Override
  public void run() {
    ServerResponse response = session.response(request());
    if (method.equalsIgnoreCase("POST")) {
      terminal.willPrintOnlyCopy("If it contained a new secret, nobody has it now.");
    }
    terminal.body(response.body());
    if (!response.isOk()) {
      terminal.endLineOf(response.body());
      throw response.problem().asFailure();
    }
  }

  private RawRequest request() {
    RawRequest request = RawRequest.of(TypedRequest.method(method), TypedRequest.path(path));
    for (String header : headers) {
      TypedRequest.Header typed = TypedRequest.header(header);
      request = request.withHeader(typed.name(), typed.value());
    }
    return data.map(bodies::read).map(request::withBody).orElse(request);
  }
}
