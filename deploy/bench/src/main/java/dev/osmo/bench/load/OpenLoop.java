package dev.osmo.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * A load generator that sends at a fixed rate, whether or not responses come. The latency of a
 * request counts from the moment at which it was due, so that a server that stalls does not hide
 * the requests that wait for it ("coordinated omission").
 */
final class OpenLoop {

  private static final int CONNECTIONS = 512;
  private static final int TICK_MILLIS = 1;
  private static final int BUSY = 503;

  /** A load generator that still compiles itself falls behind. */
  private static final int WARM_UP_RATE = 4000;

  private static final int WARM_UP_SECONDS = 10;

  private final HttpClient client;
  private final int port;
  private final int rate;
  private final List<Request> requests;
  private final List<Long> admitted = new ArrayList<>();
  private final List<Long> refused = new ArrayList<>();
  private long sent;
  private long failed;

  private OpenLoop(HttpClient client, int port, int rate, List<Request> requests) {
    this.client = client;
    this.port = port;
    this.rate = rate;
    this.requests = requests;
  }

  /** Takes the port, requests a second, seconds, and the file with one request a line. */
  public static void main(String[] arguments) throws IOException {
    List<Request> requests =
        Files.readAllLines(Path.of(arguments[3])).stream().map(Request::parse).toList();
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    vertx.runOnContext(
        unused -> {
          HttpClient client =
              vertx.createHttpClient(
                  new HttpClientOptions().setMaxWaitQueueSize(-1),
                  new PoolOptions().setHttp1MaxSize(CONNECTIONS));
          int port = Integer.parseInt(arguments[0]);
          int rate = Integer.parseInt(arguments[1]);
          OpenLoop warmUp = new OpenLoop(client, port, Math.min(rate, WARM_UP_RATE), requests);
          OpenLoop measured = new OpenLoop(client, port, rate, requests);
          warmUp.run(
              vertx,
              WARM_UP_SECONDS,
              nanos ->
                  measured.run(
                      vertx,
                      Integer.parseInt(arguments[2]),
                      length -> {
                        measured.print(length);
                        vertx.close();
                      }));
        });
  }

  /** Calls {@code then} with the nanoseconds until the last response. */
  private void run(Vertx vertx, int seconds, LongConsumer then) {
    long start = System.nanoTime();
    long all = (long) rate * seconds;
    vertx.setPeriodic(
        TICK_MILLIS,
        timer -> {
          long due = Math.min(all, (System.nanoTime() - start) * rate / 1_000_000_000);
          for (; sent < due; sent++) {
            send(start + sent * 1_000_000_000 / rate, requests.get((int) (sent % requests.size())));
          }
          if (admitted.size() + refused.size() + failed == all) {
            vertx.cancelTimer(timer);
            then.accept(System.nanoTime() - start);
          }
        });
  }

  private void send(long due, Request request) {
    RequestOptions options =
        new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setMethod(HttpMethod.valueOf(request.method()))
            .setURI(request.path());
    request.headers().forEach(header -> options.putHeader(header[0], header[1]));
    client
        .request(options)
        .compose(opened -> opened.send(request.body()))
        .compose(response -> response.body().map(body -> response))
        .onSuccess(response -> record(response, due))
        .onFailure(failure -> failed++);
  }

  private void record(HttpClientResponse response, long due) {
    long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due);
    if (response.statusCode() == BUSY) {
      refused.add(micros);
    } else if (response.statusCode() < 300) {
      admitted.add(micros);
    } else {
      failed++;
    }
  }

  private void print(long nanos) {
    try {
      System.out.println(
          new ObjectMapper()
              .writeValueAsString(
                  new OpenLoopResult(
                      rate,
                      TimeUnit.NANOSECONDS.toMicros(nanos),
                      admitted.size(),
                      percentile(admitted, 50),
                      percentile(admitted, 99),
                      refused.size(),
                      percentile(refused, 99),
                      failed)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long percentile(List<Long> micros, int percent) {
    if (micros.isEmpty()) {
      return 0;
    }
    Collections.sort(micros);
    return micros.get((micros.size() - 1) * percent / 100);
  }

  /** A line of the file that {@link Workload.Request#line()} makes. */
  private record Request(String method, String path, List<String[]> headers, String body) {
    static Request parse(String line) {
      String[] parts = line.split("\t", -1);
      String[] target = parts[0].split(" ", 2);
      List<String[]> headers =
          parts[1].isEmpty()
              ? List.of()
              : List.of(parts[1].split("\\|", -1)).stream()
                  .map(header -> header.split(": ", 2))
                  .toList();
      return new Request(target[0], target[1], headers, parts[2]);
    }
  }
}
