package dev.osmo.local.system;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A person at the pages of Keycloak, without a browser: fills in each form and follows each
 * redirect, also to the command that waits on this machine. Keeps the cookies of one sign-in.
 */
final class KeycloakPages {
  private static final Pattern FORM =
      Pattern.compile("<form[^>]*\\baction=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\b(name|type|value)=\"([^\"]*)\"");
  private static final int MOST_PAGES = 20;

  private final String user;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final HttpClient client = HttpClient.newHttpClient();

  KeycloakPages(String user) {
    this.user = user;
  }

  /** The page without a form, at the end. */
  HttpResponse<String> signIn(URI page) throws IOException, InterruptedException {
    return signIn(page, "nowhere");
  }

  /** The address that begins with {@code end}, without a request to it. */
  URI redirectAfterSignIn(URI page, String end) throws IOException, InterruptedException {
    HttpResponse<String> last = signIn(page, end);
    return last.headers()
        .firstValue("Location")
        .map(URI::create)
        .orElseThrow(() -> new AssertionError("no redirect but " + last.body()));
  }

  private HttpResponse<String> signIn(URI page, String end)
      throws IOException, InterruptedException {
    HttpResponse<String> response = send(HttpRequest.newBuilder(page));
    for (int i = 0; i < MOST_PAGES; i++) {
      Matcher form = FORM.matcher(response.body());
      if (response.statusCode() / 100 == 3) {
        String location = response.headers().firstValue("Location").orElseThrow();
        if (location.startsWith(end)) {
          return response;
        }
        response = send(HttpRequest.newBuilder(response.uri().resolve(location)));
      } else if (response.statusCode() == 200 && form.find()) {
        URI action = response.uri().resolve(form.group(1).replace("&amp;", "&"));
        response =
            send(
                HttpRequest.newBuilder(action)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(encoded(filledIn(form.group(2))))));
      } else {
        return response;
      }
    }
    throw new AssertionError("no end of pages; the last is " + response.uri());
  }

  /** The name, the password, and the first button, which agrees. */
  private Map<String, String> filledIn(String form) {
    Map<String, String> fields = new LinkedHashMap<>();
    boolean pressed = false;
    Matcher inputs = INPUT.matcher(form);
    while (inputs.find()) {
      Map<String, String> input =
          ATTRIBUTE
              .matcher(inputs.group())
              .results()
              .collect(Collectors.toMap(each -> each.group(1), each -> each.group(2)));
      boolean button = "submit".equals(input.get("type"));
      if (input.containsKey("name") && !(button && pressed)) {
        fields.put(input.get("name"), input.getOrDefault("value", ""));
      }
      pressed |= button;
    }
    fields.computeIfPresent("username", (name, value) -> user);
    fields.computeIfPresent("password", (name, value) -> KeycloakServer.PASSWORD);
    return fields;
  }

  /**
   * A browser treats 127.0.0.1 as encrypted and sends secure cookies there, a cookie manager does
   * not.
   */
  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(each -> each.getKey() + "=" + each.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    for (String header : response.headers().allValues("Set-Cookie")) {
      HttpCookie cookie = HttpCookie.parse(header).getFirst();
      cookies.put(cookie.getName(), cookie.getValue());
    }
    return response;
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
