package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.osmo.cli.options.ConfirmOption;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.ServerResponse;
import dev.osmo.cli.session.Session;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Deletes, revokes or suspends a token: it stops working immediately. At a terminal, asks before it
 * does so to the token of the context in use; otherwise prints a warning.
 */
@Singleton
class TokenInvalidation {
  private static final String DERIVED = "X-Osmo-Derived-Tokens";

  /** What happens to the token. */
  enum Kind {
    DELETE("Delete", "deleted"),
    REVOKE("Permanently revoke", "revoked"),
    SUSPEND("Suspend", "suspended");

    private final String verb;
    private final String done;

    Kind(String verb, String done) {
      this.verb = verb;
      this.done = done;
    }

    private RawRequest request(OsmoApi.Token token) {
      return switch (this) {
        case DELETE -> token.delete().raw();
        case REVOKE -> token.revoke();
        case SUSPEND -> token.suspend();
      };
    }
  }

  private final Session session;
  private final TokensInUse inUse;
  private final Terminal terminal;
  private final Output output;

  TokenInvalidation(Session session, TokensInUse inUse, Terminal terminal, Output output) {
    this.session = session;
    this.inUse = inUse;
    this.terminal = terminal;
    this.output = output;
  }

  /** Sends the request, unless the user declines, and prints the result. */
  void run(Kind kind, TokenTarget token, FormatOption format, ConfirmOption confirm) {
    OsmoApi.Token api = token.api();
    Optional<TokenInUse> own = inUse.find(token);
    String name = own.map(TokenInUse::name).orElse(token.name());
    if (isAllowed(kind, name + token.forUser(), own, format, confirm)) {
      ServerResponse response = session.response(kind.request(api));
      print(kind, name, token, response, format);
      own.ifPresent(used -> terminal.message("Warning: " + used.warning(kind.done)));
    }
  }

  private boolean isAllowed(
      Kind kind,
      String token,
      Optional<TokenInUse> own,
      FormatOption format,
      ConfirmOption confirm) {
    String used = own.map(context -> ", which " + context.source() + " uses").orElse("");
    return (kind != Kind.REVOKE && own.isEmpty())
        || confirm.allows(output, format, kind.verb + " token " + token + used + "?");
  }

  private void print(
      Kind kind, String name, TokenTarget token, ServerResponse response, FormatOption format) {
    JsonNode json = response.json();
    int derived = derived(response);
    output.print(
        format,
        Document.ofChange(kind == Kind.SUSPEND ? json : result(kind, name, derived)),
        () -> Lines.of("Access token " + name + " " + kind.done + token.forUser()));
    if (derived > 0) {
      terminal.message("Tokens created with it that remain valid: " + derived + ".");
    }
  }

  private static JsonNode result(Kind kind, String name, int derived) {
    return Json.object()
        .put("token_name", name)
        .put(kind.done, true)
        .put("derived_tokens", derived);
  }

  private static int derived(ServerResponse response) {
    return response
        .header(DERIVED)
        .filter(number -> number.matches("[0-9]{1,9}"))
        .map(Integer::parseInt)
        .orElse(0);
  }
}
