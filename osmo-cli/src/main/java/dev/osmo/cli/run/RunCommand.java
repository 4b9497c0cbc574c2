package dev.osmo.cli.run;

import dev.osmo.cli.environment.Environment;
import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.session.Credential;
import dev.osmo.cli.session.MissingRoles;
import dev.osmo.cli.session.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a program with the short-lived JWT. Removes the access token from its environment. */
@Command(
    name = "run",
    description = "Run a command with a valid JWT in OSMO_JWT. Its exit code becomes osmo's.")
public class RunCommand implements Callable<Integer> {
  @Option(
      names = "--file",
      description =
          "Pass the JWT in a file instead, named by OSMO_JWT_FILE and renewed while the command"
              + " runs.")
  private boolean inFile;

  @Mixin private Downscope downscope = new Downscope();

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The command and its arguments, after --.")
  private List<String> command = new ArrayList<>();

  private final Session session;
  private final Identity identity;
  private final Environment environment;
  private final MissingRoles roles;

  RunCommand(Session session, Identity identity, Environment environment, MissingRoles roles) {
    this.roles = roles;
    this.session = session;
    this.identity = identity;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Credential credential = roles.warn(identity.fixed(downscope), downscope);
    return inFile ? withFile(credential) : withVariable(credential);
  }

  private int withVariable(Credential credential) {
    return start(credential, "OSMO_JWT", credential.jwt().text()).result();
  }

  private int withFile(Credential credential) {
    try (JwtFile file = JwtFile.create(environment.temporaryDirectory(), credential.jwt())) {
      Child child = start(credential, "OSMO_JWT_FILE", file.path().toString());
      while (!child.endsWithin(file.untilRenewal())) {
        file.renew(() -> session.renewedCredential(downscope).jwt());
      }
      return child.result();
    } catch (IOException unwritable) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "Cannot write the JWT to a temporary file",
          "Check the free disk space, or run the command without --file.");
    }
  }

  private Child start(Credential credential, String variable, String value) {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    Map<String, String> variables = builder.environment();
    identity.into(variables, credential, downscope);
    variables.put(variable, value);
    return Child.start(builder);
  }
}
