package dev.osmo.cli.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The signals that shut down a Java program. */
public enum Signal {
  TERM,
  INT,
  HUP;

  /**
   * The signals received since the shutdown began, in the order of arrival. The JDK has no API for
   * them, but handles each on a thread named after it, which waits until the shutdown has ended.
   *
   * @param known the threads of signals that are not returned again; the others are added
   */
  public static List<Signal> receivedBeyond(Set<Thread> known) {
    List<Signal> received = new ArrayList<>();
    Thread.getAllStackTraces().keySet().stream()
        .sorted(Comparator.comparingLong(Thread::threadId))
        .forEach(
            thread ->
                Stream.of(values())
                    .filter(signal -> thread.getName().equals("SIG" + signal + " handler"))
                    .filter(signal -> known.add(thread))
                    .forEach(received::add));
    return received;
  }
}
