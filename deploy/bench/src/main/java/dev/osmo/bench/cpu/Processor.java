package dev.osmo.bench.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * One processor of the machine, for programs that must not take time from each other. Uses {@code
 * taskset} of util-linux.
 */
public enum Processor {
  FIRST("0"),
  SECOND("1");

  private final String list;

  Processor(String list) {
    this.list = list;
  }

  /** Moves a process and all its descendants to this processor, threads included. */
  public void take(long pid) {
    LongStream descendants =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::descendants)
            .mapToLong(ProcessHandle::pid);
    LongStream.concat(LongStream.of(pid), descendants).forEach(this::takeOne);
  }

  /** The command that runs this command on this processor only. */
  public List<String> runs(List<String> command) {
    return Stream.concat(Stream.of("taskset", "-c", list), command.stream()).toList();
  }

  private void takeOne(long pid) {
    try {
      int code =
          new ProcessBuilder("taskset", "-a", "-p", "-c", list, Long.toString(pid))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor();
      if (code != 0 && ProcessHandle.of(pid).isPresent()) {
        throw new IllegalStateException("taskset did not move process " + pid);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("taskset is missing (Debian: apt-get install util-linux)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
