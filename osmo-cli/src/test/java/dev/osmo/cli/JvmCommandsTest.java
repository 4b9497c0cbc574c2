package dev.osmo.cli;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Nested;

/** The contracts of the commands, run against the program on a JVM. */
@QuarkusTest
class JvmCommandsTest {
  @Nested
  class Admin extends CommandTest implements AdminCommandContract {}

  @Nested
  class Api extends CommandTest implements ApiCommandContract {}

  @Nested
  class Auth extends CommandTest implements AuthCommandContract {}

  @Nested
  class BrowserSignIn extends CommandTest implements BrowserSignInCommandContract {}

  @Nested
  class Context extends CommandTest implements ContextCommandContract {}

  @Nested
  class DeviceSignIn extends CommandTest implements DeviceSignInCommandContract {}

  @Nested
  class Errors extends CommandTest implements ErrorsCommandContract {}

  @Nested
  class Explain extends CommandTest implements ExplainCommandContract {}

  @Nested
  class HostileMachine extends CommandTest implements HostileMachineCommandContract {}

  @Nested
  class HostileServer extends CommandTest implements HostileServerCommandContract {}

  @Nested
  class Leak extends CommandTest implements LeakCommandContract {}

  @Nested
  class Login extends CommandTest implements LoginCommandContract {}

  @Nested
  class Logout extends CommandTest implements LogoutCommandContract {}

  @Nested
  class Man extends CommandTest implements ManCommandContract {}

  @Nested
  class Network extends CommandTest implements NetworkCommandContract {}

  @Nested
  class OutputOptions extends CommandTest implements OutputOptionsCommandContract {}

  @Nested
  class Profile extends CommandTest implements ProfileCommandContract {}

  @Nested
  class Proxy extends CommandTest implements ProxyCommandContract {}

  @Nested
  class Scan extends CommandTest implements ScanCommandContract {}

  @Nested
  class Selection extends CommandTest implements SelectionCommandContract {}

  @Nested
  class Session extends CommandTest implements SessionCommandContract {}

  @Nested
  class Sessions extends CommandTest implements SessionsCommandContract {}

  @Nested
  class Shell extends CommandTest implements ShellCommandContract {}

  @Nested
  class Sidecar extends CommandTest implements SidecarCommandContract {}

  @Nested
  class SignInMethod extends CommandTest implements SignInMethodCommandContract {}

  @Nested
  class SignedIn extends CommandTest implements SignedInCommandContract {}

  @Nested
  class Tls extends CommandTest implements TlsCommandContract {}

  @Nested
  class Token extends CommandTest implements TokenCommandContract {}

  @Nested
  class TokenLifecycle extends CommandTest implements TokenLifecycleCommandContract {}

  @Nested
  class Usage extends CommandTest implements UsageCommandContract {}

  @Nested
  class User extends CommandTest implements UserCommandContract {}

  @Nested
  class Version extends CommandTest implements VersionCommandContract {}

  @Nested
  class Wire extends CommandTest implements WireCommandContract {}

  @Nested
  class Workload extends CommandTest implements WorkloadCommandContract {}

  @Nested
  class Workflow extends CommandTest implements WorkflowCommandContract {}
}
