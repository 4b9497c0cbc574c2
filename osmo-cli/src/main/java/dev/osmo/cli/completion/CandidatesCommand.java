package dev.osmo.cli.completion;

import dev.osmo.cli.output.Terminal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the completion scripts call: words in, one candidate a line out. */
@Command(name = "__complete", hidden = true, description = "Print what could come next.")
public class CandidatesCommand implements Runnable {

  @Parameters(
      arity = "0..*",
      paramLabel = "WORD",
      description = "The words after osmo; the last is the unfinished one.")
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
    // Bash makes three words of --format=json.
    List<String> typed = words.stream().filter(word -> !word.equals("=")).toList();
    boolean begun = words.isEmpty() || words.getLast().equals("=");
    String unfinished = begun ? "" : words.getLast();
    new Candidates(spec.root(), names)
        .after(begun ? typed : typed.subList(0, typed.size() - 1), unfinished).stream()
            .filter(candidate -> candidate.startsWith(unfinished))
            .sorted()
            .distinct()
            .forEach(terminal::line);
  }
}
