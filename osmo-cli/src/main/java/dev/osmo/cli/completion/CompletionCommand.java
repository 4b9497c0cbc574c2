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

  /**
   * {@code __complete} limits itself to two seconds, because a user is waiting. After {@code run
   * --}, the shell completes the other command.
   */
  enum Shell {
    BASH(
        """
        _osmo() {
          local IFS=$'\\n' i
          if [[ ${COMP_WORDS[1]-} == run ]]; then
            for (( i = 2; i < COMP_CWORD; i++ )); do
              if [[ ${COMP_WORDS[i]} == -- ]]; then
                if declare -F _command_offset >/dev/null; then
                  IFS=$' \\t\\n'
                  _command_offset $((i + 1))
                elif (( COMP_CWORD == i + 1 )); then
                  COMPREPLY=($(compgen -c -- "${COMP_WORDS[COMP_CWORD]}"))
                else
                  COMPREPLY=()
                fi
                return
              fi
            done
          fi
          COMPREPLY=($(OSMO_TIMEOUT=2 osmo __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
        }
        complete -o default -F _osmo osmo
        """),
    ZSH(
        """
        #compdef osmo
        _osmo() {
          local -a candidates
          local -i dashes=${words[(i)--]}
          if [[ ${words[2]} == run ]] && (( dashes < CURRENT )); then
            shift $dashes words
            (( CURRENT -= dashes ))
            _normal
            return
          fi
          candidates=("${(@f)$(OSMO_TIMEOUT=2 osmo __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
          candidates=(${candidates:#})
          if (( ${#candidates} )); then compadd -- "${candidates[@]}"; else _files; fi
        }
        if [[ ${funcstack[1]-} == _osmo ]]; then
          _osmo "$@"
        else
          if (( ! ${+functions[compdef]} )); then autoload -Uz compinit && compinit -i -D; fi
          compdef _osmo osmo
        fi
        """),
    FISH(
        """
        function __osmo_complete
          set -l before (commandline -opc)
          set -l dashes (contains -i -- -- $before)
          if test "$before[2]" = run -a -n "$dashes"
            set -e before[1..$dashes]
            complete -C (string join -- ' ' (string escape -- $before) (commandline -ct))
            return
          end
          env OSMO_TIMEOUT=2 osmo __complete -- $before[2..-1] (commandline -ct) 2>/dev/null
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
