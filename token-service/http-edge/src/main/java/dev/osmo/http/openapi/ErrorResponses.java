package dev.osmo.http.openapi;

import dev.osmo.http.problem.ProblemDocument;
import dev.osmo.http.problem.ProblemType;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * The error responses of one format, one for each status.
 *
 * @param schema the name of the body's schema, and the prefix of the response names
 * @param description the description of the response with a status
 */
public record ErrorResponses(String schema, String mediaType, IntFunction<String> description) {

  static final String PROBLEM = "Problem";

  static ErrorResponses ofProblems(List<? extends ProblemType> catalogue) {
    return new ErrorResponses(
        PROBLEM, ProblemDocument.MEDIA_TYPE.toString(), status -> names(catalogue, status));
  }

  String name(int status) {
    return schema + status;
  }

  APIResponse response(int status) {
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(description.apply(status))
            .content(
                OASFactory.createContent()
                    .addMediaType(
                        mediaType,
                        OASFactory.createMediaType()
                            .schema(
                                OASFactory.createSchema().ref("#/components/schemas/" + schema))));
    response.addHeader(StandardHeaders.CACHE_CONTROL, StandardHeaders.ref("NoStore"));
    if (status == 401) {
      response.addHeader("WWW-Authenticate", StandardHeaders.ref("Authenticate"));
    }
    if (status == 429 || status == 503) {
      response.addHeader("Retry-After", StandardHeaders.ref("RetryAfter"));
    }
    return response;
  }

  private static String names(List<? extends ProblemType> catalogue, int status) {
    return catalogue.stream()
        .filter(type -> type.status() == status)
        .map(ProblemType::typeName)
        .collect(Collectors.joining(", "));
  }

  /** RFC 9457, section 3, with the members that existing clients read. */
  static Schema problemSchema(List<? extends ProblemType> catalogue) {
    Schema body = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
    List<Object> urns = catalogue.stream().<Object>map(ProblemType::urn).toList();
    body.addProperty("type", text().enumeration(urns));
    body.addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER));
    body.addProperty("error_code", text().enumeration(List.of("USER", "OSMO_ERROR")));
    body.addProperty("workflow_id", OASFactory.createSchema().addType(Schema.SchemaType.NULL));
    List.of("title", "detail", "message", "request_id")
        .forEach(name -> body.addProperty(name, text()));
    body.setRequired(List.copyOf(body.getProperties().keySet()));
    body.addProperty("denial", DenialSchema.schema());
    return body;
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
  }
}
