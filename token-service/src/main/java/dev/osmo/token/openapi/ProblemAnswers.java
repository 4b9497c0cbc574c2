package dev.osmo.token.openapi;

import dev.osmo.http.problem.ProblemType;
import dev.osmo.token.problem.TokenProblem;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** How each route says no: which statuses it may answer, from the one catalogue of problems. */
final class ProblemAnswers {

  private static final String SCHEMA = "Problem";

  private ProblemAnswers() {}

  /** The body of every problem, and an answer for each status of the catalogue. */
  static void define(Components components) {
    components.addSchema(SCHEMA, body());
    TokenProblem.CATALOGUE.stream()
        .map(ProblemType::status)
        .distinct()
        .forEach(status -> components.addResponse(name(status), answer(status)));
  }

  static void add(HttpMethod method, Operation operation) {
    for (int status : statuses(method, operation)) {
      operation
          .getResponses()
          .addAPIResponse(
              String.valueOf(status),
              OASFactory.createAPIResponse().ref("#/components/responses/" + name(status)));
    }
  }

  private static SortedSet<Integer> statuses(HttpMethod method, Operation operation) {
    SortedSet<Integer> statuses = new TreeSet<>(List.of(400, 406, 411, 413, 500, 503));
    if (operation.getSecurity() != null) {
      statuses.addAll(List.of(401, 403));
    }
    List<Parameter> parameters =
        operation.getParameters() == null ? List.of() : operation.getParameters();
    if (parameters.stream().anyMatch(parameter -> parameter.getIn() == Parameter.In.PATH)) {
      statuses.add(404);
    }
    if (!parameters.isEmpty() || operation.getRequestBody() != null) {
      statuses.add(422);
    }
    if (operation.getRequestBody() != null) {
      statuses.add(415);
    }
    if (method != HttpMethod.GET) {
      statuses.addAll(operation.getSecurity() == null ? List.of(409, 429) : List.of(409));
    }
    return statuses;
  }

  private static String name(int status) {
    return "Problem" + status;
  }

  private static APIResponse answer(int status) {
    String names =
        TokenProblem.CATALOGUE.stream()
            .filter(type -> type.status() == status)
            .map(ProblemType::typeName)
            .collect(Collectors.joining(", "));
    return OASFactory.createAPIResponse()
        .description(names)
        .content(
            OASFactory.createContent()
                .addMediaType(
                    "application/problem+json",
                    OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/" + SCHEMA))));
  }

  /** RFC 9457, section 3, with the members that existing clients read. */
  private static Schema body() {
    Schema body = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
    List<String> urns = TokenProblem.CATALOGUE.stream().map(ProblemType::urn).toList();
    body.addProperty("type", text().enumeration(List.copyOf(urns)));
    body.addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER));
    body.addProperty("error_code", text().enumeration(List.of("USER", "OSMO_ERROR")));
    body.addProperty("workflow_id", text().addType(Schema.SchemaType.NULL));
    List.of("title", "detail", "message", "request_id")
        .forEach(name -> body.addProperty(name, text()));
    body.setRequired(List.copyOf(body.getProperties().keySet()));
    return body;
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
  }
}
