package dev.osmo.cli.token;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.RawRequest;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.server.ServerResponse;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.session.TokenCheck;
import dev.osmo.pat.PatText;
import dev.osmo.pat.RefreshTokenText;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;

/**
 * Reports access tokens as leaked, and revokes refresh tokens, which ends their sessions. Needs no
 * login. The server does not report which of the texts are tokens, but it has revoked them when it
 * responds.
 */
@Singleton
class LeakReports {
  /** The most tokens that the server accepts in one request. */
  private static final int BATCH = 1000;

  private final Server server;
  private final TokenCheck check;
  private final Environment environment;
  private final Terminal terminal;
  private final Output output;

  LeakReports(
      Server server, TokenCheck check, Environment environment, Terminal terminal, Output output) {
    this.server = server;
    this.check = check;
    this.environment = environment;
    this.terminal = terminal;
    this.output = output;
  }

  /**
   * Reads tokens, reports them and prints how many.
   *
   * @param source a file, or {@code -} for standard input
   * @throws Failure also if the source has text but no tokens: "0 reported" for a wrong file would
   *     look like a resolved incident
   */
  ExitCode send(String source, FormatOption format) {
    LeakedTokens leaked = read(source);
    if (leaked.hasOnlyOtherText()) {
      throw noToken(source);
    }
    int reported = leaked.accessTokens().size();
    int revoked = leaked.refreshTokens().size();
    report(leaked.accessTokens());
    revoke(leaked.refreshTokens());
    output.print(
        format,
        Document.ofChange(
            Json.object()
                .put("reported", reported)
                .put("refresh_tokens_revoked", revoked)
                .put("unread", leaked.unread())),
        () -> lines(reported, revoked));
    if (revoked > 0) {
      terminal.message(
          "Access tokens that were created in a session remain valid. Its user finds them with: osmo"
              + " token list");
    }
    if (leaked.unread() > 0) {
      terminal.message(
          "Warning: "
              + leaked.unread()
              + " reported locations no longer contain a readable token. Scan again.");
      return ExitCode.USER_ERROR;
    }
    return ExitCode.OK;
  }

  private static Lines lines(int reported, int revoked) {
    Lines lines = Lines.of("Reported as leaked: " + reported);
    if (revoked > 0) {
      lines.line("Refresh tokens revoked: " + revoked);
    }
    return lines;
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
        "There is no token in " + (source.equals("-") ? "standard input" : source),
        "Pass the text report of osmo token scan, or text that contains the tokens.");
  }

  private void report(List<PatText> tokens) {
    if (tokens.isEmpty()) {
      return;
    }
    ServerUrl url = check.requireEncryption(check.currentServer());
    for (int from = 0; from < tokens.size(); from += BATCH) {
      List<PatText> batch = tokens.subList(from, Math.min(from + BATCH, tokens.size()));
      try {
        server.send(url, request(batch), Optional.empty()).json();
      } catch (Failure failed) {
        throw failed.withNextStep(
            "Reported so far: " + from + " of " + tokens.size() + ". Run the command again.");
      }
    }
  }

  private void revoke(List<RefreshTokenText> tokens) {
    if (tokens.isEmpty()) {
      return;
    }
    ServerUrl url = check.requireEncryption(check.currentServer());
    for (int i = 0; i < tokens.size(); i++) {
      ServerResponse response =
          server.send(url, OsmoApi.revoke(tokens.get(i).text()), Optional.empty());
      if (!response.isOk()) {
        throw response
            .problem()
            .asFailure()
            .withNextStep(
                "Refresh tokens revoked so far: %d of %d. Run the command again."
                    .formatted(i, tokens.size()));
      }
    }
  }

  private static RawRequest request(List<PatText> batch) {
    ArrayNode texts = Json.array();
    batch.forEach(token -> texts.add(token.text()));
    return OsmoApi.reportLeaked(texts);
  }
}
