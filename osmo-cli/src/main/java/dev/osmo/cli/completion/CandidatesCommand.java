package dev.osmo.cli.completion;

import dev.osmo.cli.output.Terminal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Called by the completion scripts: prints one candidate per line. */
@Command(name = "__complete", hidden = true, description = "Print completion candidates.")
public class CandidatesCommand implements Runnable {

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
    new Candidates(spec.root(), names)
        .after(register ? typed : typed.subList(0, typed.size() - 1), unfinished).stream()
            .filter(candidate -> candidate.startsWith(unfinished))
            .sorted()
            .distinct()
            .forEach(terminal::line);
  }
}
