package dev.osmo.token.paging;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** RFC 8288: where the next piece is, beside a body that stays a bare array. */
public final class NextLink {

  private static final Pattern CURSOR = Pattern.compile("(^|&)cursor=[^&]*");

  private NextLink() {}

  public static <T> RestResponse<List<T>> answer(Page<T> page, UriInfo address) {
    ResponseBuilder<List<T>> answer = ResponseBuilder.ok(page.items());
    page.next().ifPresent(next -> answer.header(HttpHeaders.LINK, link(address, next)));
    return answer.build();
  }

  /** The caller's own words stand in it as they came, only the cursor is ours. */
  private static String link(UriInfo address, Cursor next) {
    String query = address.getRequestUri().getRawQuery();
    String others = query == null ? "" : CURSOR.matcher(query).replaceAll("");
    String separator = others.isEmpty() ? "" : others.replaceFirst("^&", "") + "&";
    return "<%s?%scursor=%s>; rel=\"next\""
        .formatted(address.getRequestUri().getRawPath(), separator, next.text());
  }
}
