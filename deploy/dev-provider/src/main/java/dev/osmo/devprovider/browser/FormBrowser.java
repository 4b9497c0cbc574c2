package dev.osmo.devprovider.browser;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Opens one of the provider's pages and presses the button of a user.
 *
 * @param user the value of the button; empty presses Cancel
 */
public record FormBrowser(String user) {
  private static final Pattern ACTION =
      Pattern.compile("<form method=\"post\" action=\"([^\"]*)\"");
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

  /** Arguments: the user and the address. The exit code is 1 if a page was an error. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    HttpResponse<String> last = new FormBrowser(arguments[0]).signIn(URI.create(arguments[1]));
    System.exit(last.statusCode() < 400 ? 0 : 1);
  }

  /**
   * Returns the page that followed the form: of the redirect address, or of the provider.
   *
   * @throws IOException if no server answers there
   */
  public HttpResponse<String> signIn(URI page) throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
      return signIn(client, page);
    }
  }

  /** Returns the address to which the provider redirects, without a request to it. */
  public URI redirectAfterSignIn(URI page) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = signIn(client, page);
      return response
          .headers()
          .firstValue("Location")
          .map(URI::create)
          .orElseThrow(
              () -> new IOException("no redirect but HTTP %d".formatted(response.statusCode())));
    }
  }

  private HttpResponse<String> signIn(HttpClient client, URI page)
      throws IOException, InterruptedException {
    HttpResponse<String> form =
        client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
    Matcher action = ACTION.matcher(form.body());
    if (form.statusCode() != 200 || !action.find()) {
      return form;
    }
    Map<String, String> fields = new LinkedHashMap<>();
    HIDDEN.matcher(form.body()).results().forEach(each -> fields.put(each.group(1), each.group(2)));
    fields.put("user", user);
    return client.send(
        HttpRequest.newBuilder(form.uri().resolve(action.group(1)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(fields)))
            .build(),
        BodyHandlers.ofString());
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
