package dev.osmo.cli.completion;

import dev.osmo.cli.output.Terminal;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "completion",
    description = {
      "Print the completion script for a shell.",
      "For bash, add to ~/.bashrc: source <(osmo completion bash)"
    })
public class CompletionCommand implements Runnable {

  /** The scripts limit requests to three seconds, because a user is waiting. */
  enum Shell {
    BASH(
        """
        _osmo() {
          local IFS=$'\\n'
          COMPREPLY=($(OSMO_TIMEOUT=3 osmo __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
        }
        complete -o default -F _osmo osmo
        """),
    ZSH(
        """
        #compdef osmo
        _osmo() {
          local -a candidates
          candidates=("${(@f)$(OSMO_TIMEOUT=3 osmo __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
          candidates=(${candidates:#})
          if (( ${#candidates} )); then compadd -- "${candidates[@]}"; else _files; fi
        }
        compdef _osmo osmo
        """),
    FISH(
        """
        function __osmo_complete
          set -l words (commandline -opc) (commandline -ct)
          env OSMO_TIMEOUT=3 osmo __complete -- $words[2..-1] 2>/dev/null
        end
        complete -c osmo -a '(__osmo_complete)'
        """);

    private final String script;

    Shell(String script) {
      this.script = script;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.BASH;

  private final Terminal terminal;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    terminal.block(shell.script);
  }
}
