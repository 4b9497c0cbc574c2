package dev.osmo.exchange.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MintLogTest {

  private static final int MOST = 10_000;
  private static final Logger LOG = Logger.getLogger("dev.osmo.exchange.mint");

  private final SlowOutput output = new SlowOutput();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MintLog log = new MintLog(meters);

  /** A standard output that nobody reads until the test says so. */
  private static final class SlowOutput extends Handler {

    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch read = new CountDownLatch(1);
    private final List<ExtLogRecord> lines = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void publish(LogRecord line) {
      busy.countDown();
      try {
        read.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      ExtLogRecord written = ExtLogRecord.wrap(line);
      written.copyAll();
      lines.add(written);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void begin() {
    LOG.setLevel(Level.INFO);
    LOG.setUseParentHandlers(false);
    LOG.addHandler(output);
  }

  @AfterEach
  void end() throws InterruptedException {
    output.read.countDown();
    log.stop();
    LOG.removeHandler(output);
    LOG.setUseParentHandlers(true);
    MDC.clear();
  }

  @Test
  void a_line_has_its_fields_and_the_log_context_of_the_request() throws InterruptedException {
    MDC.put("request_id", "r1");

    log.add(Map.of("outcome", "issued"));
    MDC.put("request_id", "r2");
    output.read.countDown();
    log.stop();

    assertThat(output.lines).hasSize(1);
    assertThat(output.lines.getFirst().getMessage()).isEqualTo("exchange outcome=issued");
    assertThat(output.lines.getFirst().getMdcCopy())
        .containsEntry("request_id", "r1")
        .containsEntry("outcome", "issued");
  }

  @Test
  void lines_that_do_not_fit_are_counted_and_the_others_are_written() throws InterruptedException {
    log.add(Map.of("n", "first"));
    output.busy.await();
    for (int n = 0; n < MOST + 3; n++) {
      log.add(Map.of("n", Integer.toString(n)));
    }

    assertThat(meters.get("osmo.exchange.log.lost").functionCounter().count()).isEqualTo(3);
    output.read.countDown();
    log.stop();

    assertThat(output.lines).hasSize(MOST + 1);
    assertThat(output.lines.getLast().getMessage()).isEqualTo("exchange n=" + (MOST - 1));
  }
}
