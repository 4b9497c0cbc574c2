package dev.osmo.bench.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One kind of work.
 *
 * @param name as in the table
 * @param ceiling the work of the ceiling program that bounds it; empty for none
 * @param succeeds whether every response is expected to be 2xx; otherwise every one is an error
 * @param requests the requests to repeat
 */
public record Workload(
    String name, Optional<String> ceiling, boolean succeeds, List<Request> requests) {

  public Workload {
    requests = List.copyOf(requests);
  }

  /** Writes the requests, one a line, to a file in the folder. */
  Path writeTo(Path folder) throws IOException {
    return Files.write(
        folder.resolve(name + ".requests"), requests.stream().map(Request::line).toList());
  }

  /**
   * One request.
   *
   * @param path {@code {n}} in it becomes a text that no other request has
   * @param headers name and value, separated by a colon and a space
   */
  public record Request(String method, String path, List<String> headers, String body) {

    public Request {
      headers = List.copyOf(headers);
    }

    /** As the client of the JDK sends it to this server. */
    public HttpRequest to(URI server) {
      HttpRequest.Builder message =
          HttpRequest.newBuilder(server.resolve(path))
              .method(method, BodyPublishers.ofString(body));
      for (String header : headers) {
        String[] parts = header.split(": ", 2);
        message.header(parts[0], parts[1]);
      }
      return message.build();
    }

    String line() {
      return "%s %s\t%s\t%s".formatted(method, path, String.join("|", headers), body);
    }
  }
}
