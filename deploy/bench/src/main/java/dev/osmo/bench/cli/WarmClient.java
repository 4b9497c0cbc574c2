package dev.osmo.bench.cli;

import dev.osmo.bench.load.Workload.Request;
import dev.osmo.bench.report.Median;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A client that keeps its connection: what it waits for is the server. */
final class WarmClient implements AutoCloseable {

  private static final int FIRST = 500;
  private static final int MEASURED = 200;

  private final HttpClient client;
  private final URI server;

  WarmClient(SSLContext context, URI server) {
    this.client = HttpClient.newBuilder().version(Version.HTTP_1_1).sslContext(context).build();
    this.server = server;
  }

  /** The median time until the whole response to this request is there. */
  double millis(Request request) throws IOException, InterruptedException {
    List<Double> measured = new ArrayList<>();
    for (int n = 0; n < FIRST + MEASURED; n++) {
      double millis = once(request);
      if (n >= FIRST) {
        measured.add(millis);
      }
    }
    return Median.of(measured, millis -> millis);
  }

  private double once(Request request) throws IOException, InterruptedException {
    HttpRequest sent = request.to(server);
    long start = System.nanoTime();
    HttpResponse<String> response = client.send(sent, BodyHandlers.ofString());
    double millis = (System.nanoTime() - start) / 1e6;
    if (response.statusCode() != 200) {
      throw new IllegalStateException(request.path() + ": " + response.body());
    }
    return millis;
  }

  @Override
  public void close() {
    client.close();
  }
}
