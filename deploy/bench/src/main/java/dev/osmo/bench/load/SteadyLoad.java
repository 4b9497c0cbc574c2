package dev.osmo.bench.load;

import dev.osmo.bench.load.Workload.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends several workloads at modest fixed rates from this process, whether or not responses come,
 * until it is closed. Unlike {@link OpenLoop}, it repeats all requests of a workload.
 */
public final class SteadyLoad implements AutoCloseable {

  private final HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
  private final List<Thread> senders = new ArrayList<>();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong sent = new AtomicLong();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /** Begins to send so many requests of this workload a second. */
  public void begin(Workload workload, int port, int perSecond) {
    long pause = TimeUnit.SECONDS.toNanos(1) / perSecond;
    senders.add(Thread.ofPlatform().daemon().start(() -> repeat(workload.requests(), port, pause)));
  }

  /** Each request is due at a fixed time, so that a slow one does not delay the next. */
  private void repeat(List<Request> all, int port, long pause) {
    long due = System.nanoTime();
    for (int n = 0; !Thread.currentThread().isInterrupted(); n = (n + 1) % all.size()) {
      Request request = all.get(n);
      requests.execute(() -> send(request, port));
      due += pause;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  /** How many requests were answered 2xx. */
  public long succeeded() {
    return succeeded.sum();
  }

  /** How many had another response or none. */
  public long failed() {
    return failed.sum();
  }

  private void send(Request request, int port) {
    String path = request.path().replace("{n}", "s" + sent.incrementAndGet());
    Request numbered = new Request(request.method(), path, request.headers(), request.body());
    HttpRequest message = numbered.to(URI.create("http://127.0.0.1:" + port));
    try {
      HttpResponse<Void> response = client.send(message, BodyHandlers.discarding());
      (response.statusCode() / 100 == 2 ? succeeded : failed).increment();
    } catch (IOException broken) {
      failed.increment();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends no more, and waits for the responses. */
  @Override
  public void close() {
    senders.forEach(Thread::interrupt);
    for (Thread sender : senders) {
      try {
        sender.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    requests.close();
    client.close();
  }
}
