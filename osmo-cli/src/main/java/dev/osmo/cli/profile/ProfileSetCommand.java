package dev.osmo.cli.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.session.Session;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "set",
    description = {
      "Change one of your settings:",
      "  osmo profile set pool NAME",
      "  osmo profile set notifications email|slack true|false"
    })
class ProfileSetCommand implements Runnable {
  enum Setting {
    POOL,
    NOTIFICATIONS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      index = "0",
      paramLabel = "SETTING",
      description = "What to set: ${COMPLETION-CANDIDATES}.")
  private Setting setting = Setting.POOL;

  @Parameters(
      index = "1",
      paramLabel = "VALUE",
      description = "The name of the pool, or: email, slack.")
  private String value = "";

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "true|false",
      description = "Whether to send notifications.")
  private Optional<String> requested = Optional.empty();

  private final Session session;
  private final Output output;

  ProfileSetCommand(Session session, Output output) {
    this.session = session;
    this.output = output;
  }

  @Override
  public void run() {
    ObjectNode change =
        switch (setting) {
          case POOL -> pool();
          case NOTIFICATIONS -> notification();
        };
    session.call(OsmoApi.changeProfile(change));
    output.print(format, Document.ofChange(change), () -> lines(change));
  }

  private static Lines lines(ObjectNode change) {
    return Lines.of(
        change.properties().stream()
            .map(set -> "Set " + set.getKey() + ": " + set.getValue().asText())
            .toList());
  }

  private ObjectNode pool() {
    if (requested.isPresent() || value.isBlank()) {
      throw wrong("pool takes exactly one name");
    }
    return Json.object().put("pool", value);
  }

  private ObjectNode notification() {
    String kind = value.toLowerCase(Locale.ROOT);
    String choice = requested.orElse("").toLowerCase(Locale.ROOT);
    if (!kind.matches("email|slack") || !choice.matches("true|false")) {
      throw wrong("notifications takes email or slack, and true or false");
    }
    return Json.object().put(kind + "_notification", Boolean.parseBoolean(choice));
  }

  private static Failure wrong(String what) {
    return Failure.of(ExitCode.USER_ERROR, what, "See: osmo profile set --help");
  }
}
