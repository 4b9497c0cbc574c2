package dev.osmo.cli.signin;

import dev.osmo.cli.listen.Answer;

/** The pages that the browser shows at the end. Their text is fixed. */
enum ClosingPage {
  SIGNED_IN(
      200, "You are signed in to OSMO", "You can close this page and return to the terminal."),
  NOT_SIGNED_IN(400, "You are not signed in", "The terminal says why. You can close this page."),
  OTHER_SIGN_IN(
      400,
      "This is not the sign-in of your terminal",
      "Close this page, and use the page that osmo login opened."),
  NOT_FOUND(404, "Not found", "osmo login waits here for your browser to return.");

  private final int status;
  private final String title;
  private final String text;

  ClosingPage(int status, String title, String text) {
    this.status = status;
    this.title = title;
    this.text = text;
  }

  Answer answer() {
    return Answer.page(status, html());
  }

  private String html() {
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
        <style>body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 4rem auto; padding: 0 1rem }
        </style>
        </head>
        <body>
        <h1>%1$s</h1>
        <p>%2$s</p>
        </body>
        </html>
        """
        .formatted(title, text);
  }
}
