package dev.osmo.token.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.jboss.jandex.IndexView;

/** Completes what the framework reads off the resources, so that answers can be held against it. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class RouteDocument implements OASFilter {

  private final RecordSchemas records;
  private final Sentences sentences = Sentences.read();

  /** Made by the framework. */
  public RouteDocument(IndexView index) {
    this.records = new RecordSchemas(index);
  }

  @Override
  public void filterOpenAPI(OpenAPI document) {
    records.complete(document.getComponents().getSchemas(), requests(document));
    ProblemAnswers.define(document.getComponents());
    Map<String, PathItem> paths = document.getPaths().getPathItems();
    paths.forEach(
        (path, item) ->
            new ArrayList<>(item.getOperations().entrySet())
                .forEach(
                    operation -> {
                      sentences.put(operation.getKey(), path, operation.getValue());
                      ProblemAnswers.add(operation.getKey(), operation.getValue());
                    }));
  }

  private static Set<String> requests(OpenAPI document) {
    return document.getPaths().getPathItems().values().stream()
        .flatMap(item -> item.getOperations().values().stream())
        .map(Operation::getRequestBody)
        .filter(Objects::nonNull)
        .flatMap(body -> body.getContent().getMediaTypes().values().stream())
        .map(type -> type.getSchema().getRef())
        .map(ref -> ref.substring(ref.lastIndexOf('/') + 1))
        .collect(Collectors.toSet());
  }
}
