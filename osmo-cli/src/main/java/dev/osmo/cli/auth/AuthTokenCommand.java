package dev.osmo.cli.auth;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.Terminal;
import dev.osmo.cli.session.MissingRoles;
import dev.osmo.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "token",
    description = {
      "Print a valid JWT for another program. The access token is never printed.",
      "Without --audience, the receiver can act as you at OSMO, and create access tokens."
    })
class AuthTokenCommand implements Runnable {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "raw",
      converter = JwtFormat.Named.class,
      completionCandidates = JwtFormat.Names.class,
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private JwtFormat jwtFormat = JwtFormat.RAW;

  @Mixin private Downscope downscope = new Downscope();

  private final Session session;
  private final Environment environment;
  private final Terminal terminal;
  private final MissingRoles roles;

  AuthTokenCommand(
      Session session, Environment environment, Terminal terminal, MissingRoles roles) {
    this.roles = roles;
    this.session = session;
    this.environment = environment;
    this.terminal = terminal;
  }

  @Override
  public void run() {
    String version =
        jwtFormat == JwtFormat.EXEC_CREDENTIAL
            ? ExecCredential.version(environment.variable("KUBERNETES_EXEC_INFO").orElse(""))
            : "";
    terminal.line(jwtFormat.write(roles.warn(session.credential(downscope), downscope), version));
  }
}
