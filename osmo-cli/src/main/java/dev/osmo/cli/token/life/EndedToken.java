package dev.osmo.cli.token.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerAnswer;
import dev.osmo.cli.session.Session;
import dev.osmo.cli.token.address.TokenTarget;
import jakarta.inject.Singleton;

/**
 * Ends a token for good: what {@code delete} and {@code revoke} have in common. What was made with
 * the token lives on, which a person should know.
 */
@Singleton
public class EndedToken {
  private static final String DERIVED = "X-Osmo-Derived-Tokens";

  private final Session session;
  private final Terminal terminal;

  EndedToken(Session session, Terminal terminal) {
    this.session = session;
    this.terminal = terminal;
  }

  /**
   * Sends the request and prints what came of it.
   *
   * @param ended the word for it, such as deleted
   */
  public void end(TokenTarget token, FormatOption format, String ended) {
    ServerAnswer answer = session.answer(token.request("DELETE").raw());
    answer.json();
    int derived = derived(answer);
    if (format.isJson()) {
      ObjectNode json =
          Json.object()
              .put("token_name", token.name())
              .put(ended, true)
              .put("derived_tokens", derived);
      terminal.block(Json.indented(format.chosen(json), 2));
    } else {
      terminal.line("Access token " + token.name() + " " + ended + token.forUser());
    }
    if (derived > 0) {
      terminal.talk("Tokens that were made with it and live on: " + derived + ".");
    }
  }

  private static int derived(ServerAnswer answer) {
    return answer
        .header(DERIVED)
        .filter(number -> number.matches("[0-9]{1,9}"))
        .map(Integer::parseInt)
        .orElse(0);
  }
}
