package dev.osmo.cli.token;

import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerResponse;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;

/** Deletes a token: shared by {@code osmo token delete} and {@code osmo token revoke}. */
@Singleton
class TokenDeletion {
  private static final String DERIVED = "X-Osmo-Derived-Tokens";

  private final Session session;
  private final Terminal terminal;
  private final Output output;

  TokenDeletion(Session session, Terminal terminal, Output output) {
    this.session = session;
    this.terminal = terminal;
    this.output = output;
  }

  /**
   * Sends the request and prints the result.
   *
   * @param done the word for it, such as deleted
   */
  void delete(TokenTarget token, FormatOption format, String done) {
    ServerResponse response = session.response(token.api().delete().raw());
    response.json();
    int derived = derived(response);
    output.print(
        format,
        Document.ofChange(
            Json.object()
                .put("token_name", token.name())
                .put(done, true)
                .put("derived_tokens", derived)),
        () -> Lines.of("Access token " + token.name() + " " + done + token.forUser()));
    if (derived > 0) {
      terminal.message("Tokens created with it that remain valid: " + derived + ".");
    }
  }

  private static int derived(ServerResponse response) {
    return response
        .header(DERIVED)
        .filter(number -> number.matches("[0-9]{1,9}"))
        .map(Integer::parseInt)
        .orElse(0);
  }
}
