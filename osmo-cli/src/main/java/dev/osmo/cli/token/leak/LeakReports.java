package dev.osmo.cli.token.leak;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.Repetition;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.server.transport.Server;
import dev.osmo.cli.session.TokenCheck;
import dev.osmo.cli.session.token.Pat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;

/**
 * Reports tokens as leaked, without a login. The server does not say which of them it knew; those
 * that were alive are dead when it has answered.
 */
@Singleton
public class LeakReports {
  /** As many as the server takes at once. */
  private static final int BATCH = 1000;

  private final Server server;
  private final TokenCheck check;
  private final Environment environment;
  private final Terminal terminal;

  LeakReports(Server server, TokenCheck check, Environment environment, Terminal terminal) {
    this.server = server;
    this.check = check;
    this.environment = environment;
    this.terminal = terminal;
  }

  /**
   * Reads, reports and says how many.
   *
   * @param source a file, or {@code -} for the standard input
   * @throws Failure also when it holds something else than tokens or their places: "0 reported" of
   *     a wrong file would pass for the end of an incident
   */
  public ExitCode send(String source, FormatOption format) {
    LeakedTokens leaked = read(source);
    if (leaked.isSomethingElse()) {
      throw noToken(source);
    }
    report(leaked.tokens());
    if (format.isJson()) {
      ObjectNode json =
          Json.object().put("reported", leaked.tokens().size()).put("unread", leaked.unread());
      terminal.block(Json.indented(format.chosen(json), 2));
    } else {
      terminal.line("Reported as leaked: " + leaked.tokens().size());
    }
    if (leaked.unread() > 0) {
      terminal.talk(
          "Warning: "
              + leaked.unread()
              + " of the places that were named hold no token that can be read. Scan again.");
      return ExitCode.USER_ERROR;
    }
    return ExitCode.OK;
  }

  private LeakedTokens read(String source) {
    try (InputStream in =
        source.equals("-") ? terminal.in() : Files.newInputStream(environment.path(source))) {
      return LeakedTokens.in(in);
    } catch (IOException | InvalidPathException unreadable) {
      throw Failure.of(ExitCode.USER_ERROR, "Cannot read " + source, "Check the path.");
    }
  }

  private static Failure noToken(String source) {
    return Failure.of(
        ExitCode.USER_ERROR,
        "There is no token in " + (source.equals("-") ? "the standard input" : source),
        "Give the text report of osmo token scan, or the text that holds the tokens.");
  }

  private void report(List<Pat> tokens) {
    if (tokens.isEmpty()) {
      return;
    }
    ServerUrl url = check.demandPrivate(check.loggedInTo());
    for (int from = 0; from < tokens.size(); from += BATCH) {
      List<Pat> batch = tokens.subList(from, Math.min(from + BATCH, tokens.size()));
      try {
        server.send(url, request(batch), Optional.empty()).json();
      } catch (Failure failed) {
        throw failed.withNextStep(
            "Reported so far: " + from + " of " + tokens.size() + ". Type it again.");
      }
    }
  }

  /** A second report of the same tokens changes nothing. */
  private static RawRequest request(List<Pat> batch) {
    ObjectNode body = Json.object();
    ArrayNode texts = body.putArray("tokens");
    batch.forEach(token -> texts.add(token.text()));
    return ServerRequest.of("POST", "api", "auth", "leaked")
        .withBody(body)
        .raw()
        .repeated(Repetition.HARMLESS);
  }
}
