package dev.osmo.cli.completion;

import dev.osmo.cli.output.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Called by the completion scripts: prints one candidate per line. */
@Command(name = "__complete", hidden = true, description = "Print completion candidates.")
public class CandidatesCommand implements Runnable {

  /** With the start of the program, two seconds in all. */
  private static final Duration LIMIT = Duration.ofMillis(1500);

  /** To end a credential helper. */
  private static final Duration GRACE = Duration.ofMillis(200);

  @Parameters(
      arity = "0..*",
      paramLabel = "WORD",
      description = "The words after osmo; the last one is unfinished.")
  private List<String> words = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final LiveNames names;
  private final Terminal terminal;

  CandidatesCommand(LiveNames names, Terminal terminal) {
    this.names = names;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    // Bash splits --format=json into three words.
    List<String> typed = words.stream().filter(word -> !word.equals("=")).toList();
    boolean register = words.isEmpty() || words.getLast().equals("=");
    String unfinished = register ? "" : words.getLast();
    List<String> before = register ? typed : typed.subList(0, typed.size() - 1);
    inTime(() -> new Candidates(spec.root(), names).after(before, unfinished)).stream()
        .filter(candidate -> candidate.startsWith(unfinished))
        .sorted()
        .distinct()
        .forEach(terminal::line);
  }

  /**
   * Nothing after the limit, whatever it waits for: the server, the resolver, the lock of the
   * credentials, or a credential helper, which the interrupt ends.
   */
  private static List<String> inTime(Callable<List<String>> candidates) {
    FutureTask<List<String>> task = new FutureTask<>(candidates);
    Thread worker = Thread.ofPlatform().daemon().name("candidates").start(task);
    try {
      return task.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      worker.interrupt();
      awaitEnd(worker);
      return List.of();
    } catch (ExecutionException failed) {
      return List.of();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static void awaitEnd(Thread worker) {
    try {
      worker.join(GRACE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
