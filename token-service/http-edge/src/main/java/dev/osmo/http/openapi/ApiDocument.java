package dev.osmo.http.openapi;

import dev.osmo.http.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.IndexView;

/**
 * Completes at build time what the framework derives from the resources, so that responses can be
 * checked against the document: schemas of records, headers, and the error responses of each route.
 * A service extends it with its catalogue and its rule about statuses.
 */
public abstract class ApiDocument implements OASFilter {

  private final RecordSchemas records;
  private final List<? extends ProblemType> catalogue;
  private final ErrorResponses problems;

  /**
   * @param packages the packages of the request and response records
   * @param catalogue every problem of the service
   */
  protected ApiDocument(IndexView index, String packages, List<? extends ProblemType> catalogue) {
    this.records = new RecordSchemas(index, packages);
    this.catalogue = catalogue;
    this.problems = ErrorResponses.ofProblems(catalogue);
  }

  /** The statuses with which an operation may refuse a request. */
  protected abstract SortedSet<Integer> errorStatuses(HttpMethod method, Operation operation);

  /** The format of an error response; the problem document by default. */
  protected ErrorResponses errors(String path, int status) {
    return problems;
  }

  /** Additions of the service to one operation, before its error responses are added. */
  protected void complete(String path, HttpMethod method, Operation operation) {}

  /** Further additions of the service. */
  protected void complete(Components components) {}

  @Override
  public final void filterOpenAPI(OpenAPI document) {
    Components components = document.getComponents();
    records.complete(components.getSchemas(), requests(document));
    StandardHeaders.define(components);
    components.addSchema(ErrorResponses.PROBLEM, ErrorResponses.problemSchema(catalogue));
    complete(components);
    document.getPaths().getPathItems().forEach((path, item) -> complete(path, item, components));
  }

  private void complete(String path, PathItem item, Components components) {
    item.getOperations()
        .forEach((method, operation) -> complete(path, method, operation, components));
  }

  private void complete(
      String path, HttpMethod method, Operation operation, Components components) {
    complete(path, method, operation);
    for (APIResponse response : operation.getResponses().getAPIResponses().values()) {
      removeEmptyBody(response);
      addCaching(response);
    }
    for (int status : errorStatuses(method, operation)) {
      ErrorResponses form = errors(path, status);
      components.addResponse(form.name(status), form.response(status));
      operation
          .getResponses()
          .addAPIResponse(
              String.valueOf(status),
              OASFactory.createAPIResponse().ref("#/components/responses/" + form.name(status)));
    }
  }

  /** Removes the content type that the framework adds to responses without a body. */
  private static void removeEmptyBody(APIResponse response) {
    Content content = response.getContent();
    if (content != null
        && content.getMediaTypes().values().stream().allMatch(type -> type.getSchema() == null)) {
      response.setContent(null);
    }
  }

  /** Every response forbids caching, unless its route declares otherwise. */
  private static void addCaching(APIResponse response) {
    Map<String, Header> headers = response.getHeaders();
    if (response.getRef() == null
        && (headers == null || !headers.containsKey(StandardHeaders.CACHE_CONTROL))) {
      response.addHeader(StandardHeaders.CACHE_CONTROL, StandardHeaders.ref("NoStore"));
    }
  }

  private static Set<String> requests(OpenAPI document) {
    return document.getPaths().getPathItems().values().stream()
        .flatMap(item -> item.getOperations().values().stream())
        .map(Operation::getRequestBody)
        .filter(Objects::nonNull)
        .flatMap(body -> body.getContent().getMediaTypes().values().stream())
        .map(type -> type.getSchema().getRef())
        .filter(Objects::nonNull)
        .map(ref -> ref.substring(ref.lastIndexOf('/') + 1))
        .collect(Collectors.toSet());
  }
}
