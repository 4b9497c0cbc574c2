package dev.osmo.token.testing;

import dev.osmo.token.testing.People.Person;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows the links of a list from page to page. */
public final class Pages {

  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  private Pages() {}

  /** Returns the values of the field, with one inner list for each page. */
  public static List<List<String>> walk(Person reader, String address, String field) {
    List<List<String>> pages = new ArrayList<>();
    Optional<String> next = Optional.of(address);
    while (next.isPresent()) {
      Response page = Api.as(reader).urlEncodingEnabled(false).get(next.get());
      page.then().statusCode(200);
      pages.add(page.jsonPath().getList(field, String.class));
      next = nextOf(page);
    }
    return pages;
  }

  public static Optional<String> nextOf(Response page) {
    return Optional.ofNullable(page.getHeader("Link"))
        .map(NEXT::matcher)
        .filter(Matcher::matches)
        .map(link -> link.group(1));
  }
}
