package dev.osmo.cli.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.OsmoApi;
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

  @Parameters(
      paramLabel = "FILE",
      description = "The workflow as a YAML file; - reads standard input.")
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
      description = "Submit nothing; print the workflow as the server interprets it.")
  private boolean dryRun;

  private final PoolChoice pools;
  private final Session session;
  private final Terminal terminal;
  private final Output output;

  WorkflowSubmitCommand(PoolChoice pools, Session session, Terminal terminal, Output output) {
    this.pools = pools;
    this.session = session;
    this.terminal = terminal;
    this.output = output;
  }

  @Override
  public void run() {
    WorkflowFile workflow = WorkflowFile.read(file, terminal.in());
    JsonNode response = submit(request(workflow, pool.orElseGet(pools::defaultPool)));
    output.print(
        format,
        Document.ofChange(response),
        () -> dryRun ? new Lines().block(response.path("spec").asText("")) : receipt(response));
  }

  private ServerRequest request(WorkflowFile workflow, String chosenPool) {
    ServerRequest request =
        OsmoApi.submitWorkflow(chosenPool)
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

  private static Lines receipt(JsonNode response) {
    Lines lines =
        Lines.of(
            "Workflow submit successful.",
            "Workflow ID        - " + response.path("name").asText("-"),
            "Workflow Overview  - " + response.path("overview").asText("-"));
    if (response.path("dashboard_url").isTextual()) {
      lines.line("Workflow Dashboard - " + response.path("dashboard_url").asText());
    }
    response.path("warnings").forEach(warning -> lines.note("WARNING: " + warning.asText()));
    return lines;
  }
}
