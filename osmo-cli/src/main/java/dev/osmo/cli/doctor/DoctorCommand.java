package dev.osmo.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.output.Document;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Lines;
import dev.osmo.cli.output.Output;
import dev.osmo.cli.server.OsmoApi;
import dev.osmo.cli.server.Server;
import dev.osmo.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Each check reports what it found. The exit code is that of the first failed check. */
@Command(
    name = "doctor",
    description = "Check step by step what commands need: context, server, access token, roles.")
public class DoctorCommand implements Callable<Integer> {
  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Server server;
  private final Output output;
  private final List<Check> checks = new ArrayList<>();
  private ExitCode worst = ExitCode.OK;

  DoctorCommand(Session session, Server server, Output output) {
    this.session = session;
    this.server = server;
    this.output = output;
  }

  @Override
  public Integer call() {
    worst = ExitCode.OK;
    checks.clear();
    check("Login", () -> session.requireServer().text());
    check("Server", this::version);
    check("Token", () -> session.renewedCredential().source() + " was exchanged for a JWT");
    check("Rights", this::roles);
    output.print(format, Document.ofQuery(json()), Lines::of);
    return worst.number();
  }

  /**
   * After a failure the other checks are skipped, because each check depends on the previous ones.
   */
  private void check(String name, Supplier<String> look) {
    if (worst != ExitCode.OK) {
      report(new Check(name, "skip", "", ""));
      return;
    }
    try {
      report(new Check(name, "ok", look.get(), ""));
    } catch (Failure failed) {
      worst = failed.exitCode();
      report(new Check(name, "fail", failed.what(), failed.nextStep().orElse("")));
    }
  }

  /** For users, each result is printed immediately. */
  private void report(Check check) {
    checks.add(check);
    output.printEarly(format, () -> Lines.of(check.lines()));
  }

  private ArrayNode json() {
    ArrayNode all = Json.array();
    checks.forEach(check -> all.add(check.json()));
    return all;
  }

  private String version() {
    JsonNode response =
        server.send(session.requireServer(), OsmoApi.version(), Optional.empty()).json();
    return "it answers, version "
        + response.path("major").asText("?")
        + "."
        + response.path("minor").asText("?")
        + "."
        + response.path("revision").asText("?");
  }

  private String roles() {
    JsonNode settings = session.call(OsmoApi.profile());
    int roles = settings.path("roles").size();
    return settings.path("profile").path("username").asText("-") + " with " + roles + " roles";
  }
}
