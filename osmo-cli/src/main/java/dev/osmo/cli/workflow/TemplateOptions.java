package dev.osmo.cli.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.server.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Values that the server fills into the workflow: template fields, variables, labels. */
class TemplateOptions {
  @Option(
      names = "--set",
      arity = "1..*",
      paramLabel = "FIELD=VALUE",
      description = "Set a template field; a value that looks like a number becomes one.")
  private List<String> variables = new ArrayList<>();

  @Option(
      names = "--set-string",
      arity = "1..*",
      paramLabel = "FIELD=VALUE",
      description = "Set a template field to text.")
  private List<String> stringVariables = new ArrayList<>();

  @Option(
      names = "--set-env",
      arity = "1..*",
      paramLabel = "KEY=VALUE",
      description = "Set an environment variable in every task.")
  private List<String> environment = new ArrayList<>();

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "Add a label to the workflow; repeatable.")
  private List<String> labels = new ArrayList<>();

  ServerRequest addTo(ServerRequest request, WorkflowFile workflow) {
    ObjectNode body = Json.object().put("file", workflow.text());
    variables.forEach(body.putArray("set_variables")::add);
    stringVariables.forEach(body.putArray("set_string_variables")::add);
    body.putNull("uploaded_templated_spec");
    return request.withAll("env_vars", environment).withAll("label", labels).withBody(body);
  }
}
