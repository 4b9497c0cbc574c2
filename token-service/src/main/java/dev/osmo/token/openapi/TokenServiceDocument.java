package dev.osmo.token.openapi;

import dev.osmo.http.openapi.ApiDocument;
import dev.osmo.token.problem.TokenProblem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jboss.jandex.IndexView;

/**
 * Completes this service's OpenAPI document. The framework finds only classes that implement the
 * interface themselves.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class TokenServiceDocument extends ApiDocument implements OASFilter {

  /** Called by the framework. */
  public TokenServiceDocument(IndexView index) {
    super(index, "dev.osmo.token", TokenProblem.CATALOGUE);
  }

  @Override
  protected SortedSet<Integer> errorStatuses(HttpMethod method, Operation operation) {
    SortedSet<Integer> statuses = new TreeSet<>(List.of(400, 406, 411, 413, 500, 503));
    boolean secured = operation.getSecurity() != null;
    if (secured) {
      statuses.addAll(List.of(401, 403, 429));
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
      statuses.addAll(secured ? List.of(409) : List.of(409, 429));
    }
    return statuses;
  }
}
