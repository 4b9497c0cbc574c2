package dev.osmo.devprovider;

import java.util.Collection;

/** The pages for a person: plain HTML without script. */
final class Page {
  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s</title>
      <style>
      body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 4rem auto; padding: 0 1rem }
      button, input { font: inherit; padding: .5rem 1rem; margin: .25rem 0 }
      button { display: block; width: 100%% }
      </style>
      </head>
      <body>
      <h1>%1$s</h1>
      %2$s
      </body>
      </html>
      """;

  private Page() {}

  static String message(String title, String text) {
    return FRAME.formatted(escaped(title), "<p>" + escaped(text) + "</p>");
  }

  /** A form with one button per user and one to refuse. */
  static String chooseUser(
      String title, String action, String field, String value, Collection<DevUser> users) {
    StringBuilder form = new StringBuilder();
    form.append("<p>This provider is for development. Choose who you are.</p>\n")
        .append("<form method=\"post\" action=\"%s\">\n".formatted(escaped(action)))
        .append(
            "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n"
                .formatted(escaped(field), escaped(value)));
    for (DevUser user : users) {
      form.append(
          "<button name=\"user\" value=\"%1$s\">%1$s</button>\n".formatted(escaped(user.name())));
    }
    form.append("<button name=\"user\" value=\"\">Cancel</button>\n</form>");
    return FRAME.formatted(escaped(title), form);
  }

  static String enterUserCode() {
    return FRAME.formatted(
        "Sign in on another device",
        """
        <form method="get" action="/device">
        <label>Code shown there: <input name="user_code" autofocus autocomplete="off"></label>
        <button>Continue</button>
        </form>""");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
