package dev.osmo.cli.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.session.Session;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "submit", description = "Submit a workflow file.")
class WorkflowSubmitCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();
  @Mixin private TemplateOptions template = new TemplateOptions();

  @Parameters(paramLabel = "FILE", description = "The workflow, a YAML file.")
  private String file = "";

  @Option(
      names = {"-p", "--pool"},
      paramLabel = "POOL",
      description = "Where to run it (default: the pool of your profile).")
  private Optional<String> pool = Optional.empty();

  @Option(
      names = "--priority",
      paramLabel = "PRIORITY",
      description = "${COMPLETION-CANDIDATES} (default: NORMAL).")
  private Optional<Priority> priority = Optional.empty();

  @Option(
      names = "--dry-run",
      description = "Submit nothing; print the workflow as the server understands it.")
  private boolean dryRun;

  private final PoolChoice pools;
  private final Session session;
  private final Terminal terminal;

  WorkflowSubmitCommand(PoolChoice pools, Session session, Terminal terminal) {
    this.pools = pools;
    this.session = session;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    WorkflowFile workflow = WorkflowFile.read(file);
    print(submit(request(workflow, pool.orElseGet(pools::defaultPool))));
  }

  private ServerRequest request(WorkflowFile workflow, String chosenPool) {
    ServerRequest request =
        ServerRequest.of("POST", "api", "pool", chosenPool, "workflow")
            .with("priority", priority.map(Priority::name))
            .with("dry_run", Optional.of("True").filter(yes -> dryRun));
    return template.addTo(request, workflow);
  }

  private JsonNode submit(ServerRequest request) {
    try {
      return session.call(request);
    } catch (Failure failure) {
      throw switch (failure.exitCode()) {
        case USER_ERROR -> failure.withExitCode(ExitCode.REFUSED_SUBMISSION);
        case NOT_FOUND -> failure.withNextStep("See your pools: osmo profile list");
        default -> failure;
      };
    }
  }

  private void print(JsonNode answer) {
    if (format.isJson()) {
      terminal.block(Json.indented(format.chosen(answer), 2));
    } else if (dryRun) {
      terminal.block(answer.path("spec").asText(""));
    } else {
      printReceipt(answer);
    }
  }

  private void printReceipt(JsonNode answer) {
    terminal.line("Workflow submit successful.");
    terminal.line("Workflow ID        - " + answer.path("name").asText("-"));
    terminal.line("Workflow Overview  - " + answer.path("overview").asText("-"));
    if (answer.path("dashboard_url").isTextual()) {
      terminal.line("Workflow Dashboard - " + answer.path("dashboard_url").asText());
    }
    answer.path("warnings").forEach(warning -> terminal.talk("WARNING: " + warning.asText()));
  }
}
