package dev.osmo.token.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
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
    records.complete(document.getComponents().getSchemas());
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
}
