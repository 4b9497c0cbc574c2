package dev.osmo.exchange.exchange;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Writes one line for each exchange on a thread of its own, because the standard output may block.
 *
 * <ol>
 *   <li>Adding a line never blocks and never fails.
 *   <li>The queue is bounded. A line that does not fit is lost and counted in {@code
 *       osmo.exchange.log.lost}.
 *   <li>A graceful shutdown writes what is left. A crash loses it.
 * </ol>
 */
@Singleton
public class MintLog {

  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.mint");

  /** A few seconds of exchanges, and about 10 MiB. */
  private static final int MOST = 10_000;

  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** If the writer waited for each line, the thread of each request would have to wake it. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final BlockingQueue<Entry> entries = new ArrayBlockingQueue<>(MOST);
  private final LongAdder lost = new LongAdder();
  private final Thread writer =
      Thread.ofPlatform().daemon().name("mint-log").unstarted(this::write);
  private volatile boolean stopping;

  /**
   * @param context the fields of the log context, such as the request id
   */
  private record Entry(String line, Map<String, Object> context) {}

  MintLog(MeterRegistry meters) {
    FunctionCounter.builder("osmo.exchange.log.lost", lost, LongAdder::sum)
        .description("Log lines of exchanges that were lost because too many were not written yet")
        .register(meters);
    writer.start();
  }

  /**
   * Adds one line with these fields, in the message and as fields of a JSON log, and with the log
   * context of the caller.
   */
  public void add(Map<String, String> fields) {
    StringBuilder line = new StringBuilder(256).append("exchange");
    fields.forEach((name, value) -> line.append(' ').append(name).append('=').append(value));
    Map<String, Object> context = new HashMap<>(MDC.getMap());
    context.putAll(fields);
    if (!entries.offer(new Entry(line.toString(), context))) {
      lost.increment();
    }
  }

  private void write() {
    while (!stopping || !entries.isEmpty()) {
      try {
        Entry entry = entries.poll(100, TimeUnit.MILLISECONDS);
        if (entry != null) {
          writeAllFrom(entry);
          Thread.sleep(PAUSE);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void writeAllFrom(Entry first) {
    for (Entry entry = first; entry != null; entry = entries.poll()) {
      write(entry);
    }
  }

  private static void write(Entry entry) {
    entry.context().forEach(MDC::put);
    try {
      LOG.info(entry.line());
    } finally {
      MDC.clear();
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stop();
  }

  void stop() throws InterruptedException {
    stopping = true;
    writer.join(PATIENCE);
  }
}
