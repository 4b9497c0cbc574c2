package dev.osmo.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.FormatOption;
import dev.osmo.cli.output.Json;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.server.ServerRequest;
import dev.osmo.cli.server.ServerUrl;
import dev.osmo.cli.server.transport.Server;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Each check says what it saw; the exit code is that of the first that failed. */
@Command(
    name = "doctor",
    description = "Check step by step what a command needs: login, server, token, rights.")
public class DoctorCommand implements Callable<Integer> {
  @Mixin private FormatOption format = new FormatOption();

  private final Session session;
  private final Server server;
  private final Terminal terminal;
  private final List<Check> checks = new ArrayList<>();
  private ExitCode worst = ExitCode.OK;

  DoctorCommand(Session session, Server server, Terminal terminal) {
    this.session = session;
    this.server = server;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    worst = ExitCode.OK;
    checks.clear();
    check("Login", () -> address().text());
    check("Server", this::version);
    check("Token", () -> exchanged().source() + " was exchanged for a JWT");
    check("Rights", this::rights);
    if (format.isJson()) {
      ArrayNode all = Json.array();
      checks.forEach(check -> all.add(check.json()));
      terminal.block(Json.indented(format.found(all), 2));
    }
    return worst.number();
  }

  /** Once a check has failed, what builds on it would only fail again. */
  private void check(String name, Supplier<String> look) {
    if (worst != ExitCode.OK) {
      note(new Check(name, "skip", "", ""));
      return;
    }
    try {
      note(new Check(name, "ok", look.get(), ""));
    } catch (Failure failed) {
      worst = failed.exitCode();
      note(new Check(name, "fail", failed.what(), failed.nextStep().orElse("")));
    }
  }

  /** A person sees each result when it is there. */
  private void note(Check check) {
    checks.add(check);
    if (!format.isJson()) {
      check.lines().forEach(terminal::line);
    }
  }

  /** Without a login, asking for its JWT says which of the ways of having none it is. */
  private ServerUrl address() {
    return session.server().orElseGet(() -> session.credential().server());
  }

  private String version() {
    JsonNode answer =
        server.send(address(), ServerRequest.of("GET", "api", "version"), Optional.empty()).json();
    return "it answers, version "
        + answer.path("major").asText("?")
        + "."
        + answer.path("minor").asText("?")
        + "."
        + answer.path("revision").asText("?");
  }

  private Credential exchanged() {
    return session.renewedCredential();
  }

  private String rights() {
    JsonNode settings = session.call(ServerRequest.of("GET", "api", "profile", "settings"));
    int roles = settings.path("roles").size();
    return settings.path("profile").path("username").asText("-") + " with " + roles + " roles";
  }
}
