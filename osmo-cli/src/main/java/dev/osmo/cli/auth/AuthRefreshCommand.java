package dev.osmo.cli.auth;

import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "refresh", description = "Get a new JWT now.")
class AuthRefreshCommand implements Runnable {
  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Output output;

  AuthRefreshCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    String end = session.renewedCredential().jwt().expiresAt().toString();
    output.print(
        format,
        Document.ofChange(Json.object().put("jwt_expires_at", end)),
        () -> Lines.of("JWT renewed until " + end));
  }
}
