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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reports access tokens as leaked, and refresh tokens, which ends their sessions. Needs no login.
 * The server does not report which of the texts are tokens, but it has revoked them when it
 * responds. If it refuses one kind, the other is reported nevertheless.
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
    Reported accessTokens = Reported.NOTHING;
    Reported refreshTokens = Reported.NOTHING;
    if (leaked.hasTokens()) {
      ServerUrl url = check.requireEncryption(check.currentServer());
      accessTokens = report(url, leaked.accessTokens());
      refreshTokens = revoke(url, leaked.refreshTokens());
    }
    warn(leaked, refreshTokens);
    requireAll(accessTokens, refreshTokens);
    print(format, accessTokens.count(), refreshTokens.count(), leaked.unread());
    return leaked.unread() > 0 ? ExitCode.USER_ERROR : ExitCode.OK;
  }

  /**
   * How many tokens of one kind the server has accepted.
   *
   * @param all how many there are
   */
  private record Reported(int count, int all, Optional<Failure> failure) {
    static final Reported NOTHING = new Reported(0, 0, Optional.empty());

    Stream<String> describe(String kind) {
      return Stream.of(
              "%s reported: %d of %d%s"
                  .formatted(
                      kind,
                      count,
                      all,
                      failure.map(refusal -> " (" + refusal.what() + ")").orElse("")))
          .filter(unused -> all > 0);
    }
  }

  /** Tells which part failed. The exit code is that of the first failure. */
  private static void requireAll(Reported accessTokens, Reported refreshTokens) {
    Optional<Failure> failure = accessTokens.failure().or(refreshTokens::failure);
    if (failure.isPresent()) {
      throw failure
          .get()
          .withWhat(
              Stream.concat(
                      accessTokens.describe("Access tokens"),
                      refreshTokens.describe("Refresh tokens"))
                  .collect(Collectors.joining("; ")))
          .withNextStep("Run the command again with the same text.");
    }
  }

  private void warn(LeakedTokens leaked, Reported refreshTokens) {
    if (refreshTokens.count() > 0) {
      terminal.message(
          "Access tokens that were created in a session remain valid. Its user finds them with: osmo"
              + " token list");
    }
    if (leaked.unread() > 0) {
      terminal.message(
          "Warning: "
              + leaked.unread()
              + " reported locations no longer contain a readable token. Scan again.");
    }
  }

  private void print(FormatOption format, int accessTokens, int refreshTokens, int unread) {
    output.print(
        format,
        Document.ofChange(
            Json.object()
                .put("reported", accessTokens)
                .put("refresh_tokens_reported", refreshTokens)
                .put("unread", unread)),
        () -> lines(accessTokens, refreshTokens));
  }

  private static Lines lines(int accessTokens, int refreshTokens) {
    Lines lines = Lines.of("Reported as leaked: " + accessTokens);
    if (refreshTokens > 0) {
      lines.line("Refresh tokens reported: " + refreshTokens);
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

  private Reported report(ServerUrl url, List<PatText> tokens) {
    for (int from = 0; from < tokens.size(); from += BATCH) {
      List<PatText> batch = tokens.subList(from, Math.min(from + BATCH, tokens.size()));
      Optional<Failure> refused = send(url, request(batch));
      if (refused.isPresent()) {
        return new Reported(from, tokens.size(), refused);
      }
    }
    return new Reported(tokens.size(), tokens.size(), Optional.empty());
  }

  private Reported revoke(ServerUrl url, List<RefreshTokenText> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      Optional<Failure> refused = send(url, OsmoApi.revoke(tokens.get(i).text()));
      if (refused.isPresent()) {
        return new Reported(i, tokens.size(), refused);
      }
    }
    return new Reported(tokens.size(), tokens.size(), Optional.empty());
  }

  private Optional<Failure> send(ServerUrl url, RawRequest request) {
    try {
      ServerResponse response = server.send(url, request, Optional.empty());
      return response.isOk() ? Optional.empty() : Optional.of(response.problem().asFailure());
    } catch (Failure unreachable) {
      return Optional.of(unreachable);
    }
  }

  private static RawRequest request(List<PatText> batch) {
    ArrayNode texts = Json.array();
    batch.forEach(token -> texts.add(token.text()));
    return OsmoApi.reportLeaked(texts);
  }
}
