package dev.osmo.token.paging;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * One page of a list.
 *
 * @param next the cursor of the next page; empty on the last page
 */
public record Page<T>(List<T> items, Optional<Cursor> next) {

  /** The parameters that say where a page begins. */
  private static final Pattern BEGIN = Pattern.compile("(^|&)(?:cursor|start_index)=[^&]*");

  public Page {
    items = List.copyOf(items);
  }

  /**
   * Removes the extra row that shows whether another page follows.
   *
   * @param rows at most {@link PageRequest#rowsToRead()}
   * @param key the cursor after a row
   */
  public static <T> Page<T> of(List<T> rows, PageRequest request, Function<T, Cursor> key) {
    if (rows.size() <= request.limit()) {
      return new Page<>(rows, Optional.empty());
    }
    List<T> shown = rows.subList(0, request.limit());
    return new Page<>(shown, Optional.of(key.apply(shown.getLast())));
  }

  public <R> Page<R> map(Function<T, R> view) {
    return new Page<>(items.stream().map(view).toList(), next);
  }

  /**
   * A bare array as body, and the next page in the header {@code Link} (RFC 8288).
   *
   * @param address of the request, whose other parameters the link repeats unchanged
   */
  public RestResponse<List<T>> toResponse(UriInfo address) {
    return toResponse(items, address);
  }

  /** The same with another body. */
  public <B> RestResponse<B> toResponse(B body, UriInfo address) {
    ResponseBuilder<B> response = ResponseBuilder.ok(body);
    next.ifPresent(cursor -> response.header(HttpHeaders.LINK, link(address, cursor)));
    return response.build();
  }

  private static String link(UriInfo address, Cursor next) {
    String query = address.getRequestUri().getRawQuery();
    String others = query == null ? "" : BEGIN.matcher(query).replaceAll("");
    String separator = others.isEmpty() ? "" : others.replaceFirst("^&", "") + "&";
    return "<%s?%scursor=%s>; rel=\"next\""
        .formatted(address.getRequestUri().getRawPath(), separator, next.text());
  }
}
