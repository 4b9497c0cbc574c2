package dev.osmo.cli.sidecar;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** How many responses had a status of each class: a label with five values. */
final class StatusCounts {
  private static final List<String> CLASSES = List.of("1xx", "2xx", "3xx", "4xx", "5xx");

  private final AtomicLongArray counts = new AtomicLongArray(CLASSES.size());

  void count(int status) {
    long unused = counts.incrementAndGet(Math.clamp(status / 100L - 1, 0, CLASSES.size() - 1));
  }

  /** Lines of a Prometheus counter. */
  void into(StringBuilder text, String name) {
    for (int i = 0; i < CLASSES.size(); i++) {
      text.append("%s{status=\"%s\"} %d\n".formatted(name, CLASSES.get(i), counts.get(i)));
    }
  }
}
