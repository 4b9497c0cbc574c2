package dev.osmo.cli;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contracts of the commands, run against the native binary. */
@ExtendWith(NativeBinary.class)
class NativeCommandsIT {
  @Nested
  class Admin extends NativeCommandTest implements AdminCommandContract {}

  @Nested
  class Api extends NativeCommandTest implements ApiCommandContract {}

  @Nested
  class Auth extends NativeCommandTest implements AuthCommandContract {}

  @Nested
  class BrowserSignIn extends NativeCommandTest implements BrowserSignInCommandContract {}

  @Nested
  class Context extends NativeCommandTest implements ContextCommandContract {}

  @Nested
  class DeviceSignIn extends NativeCommandTest implements DeviceSignInCommandContract {}

  @Nested
  class Errors extends NativeCommandTest implements ErrorsCommandContract {}

  @Nested
  class Explain extends NativeCommandTest implements ExplainCommandContract {}

  @Nested
  class HostileMachine extends NativeCommandTest implements HostileMachineCommandContract {}

  @Nested
  class HostileServer extends NativeCommandTest implements HostileServerCommandContract {}

  @Nested
  class Leak extends NativeCommandTest implements LeakCommandContract {}

  @Nested
  class Login extends NativeCommandTest implements LoginCommandContract {}

  @Nested
  class Logout extends NativeCommandTest implements LogoutCommandContract {}

  @Nested
  class Man extends NativeCommandTest implements ManCommandContract {}

  @Nested
  class Network extends NativeCommandTest implements NetworkCommandContract {}

  @Nested
  class OutputOptions extends NativeCommandTest implements OutputOptionsCommandContract {}

  @Nested
  class Profile extends NativeCommandTest implements ProfileCommandContract {}

  @Nested
  class Proxy extends NativeCommandTest implements ProxyCommandContract {}

  @Nested
  class Scan extends NativeCommandTest implements ScanCommandContract {}

  @Nested
  class Selection extends NativeCommandTest implements SelectionCommandContract {}

  @Nested
  class Session extends NativeCommandTest implements SessionCommandContract {}

  @Nested
  class Sessions extends NativeCommandTest implements SessionsCommandContract {}

  @Nested
  class Shell extends NativeCommandTest implements ShellCommandContract {}

  @Nested
  class Sidecar extends NativeCommandTest implements SidecarCommandContract {}

  @Nested
  class SignInMethod extends NativeCommandTest implements SignInMethodCommandContract {}

  @Nested
  class SignedIn extends NativeCommandTest implements SignedInCommandContract {}

  @Nested
  class Tls extends NativeCommandTest implements TlsCommandContract {}

  @Nested
  class Token extends NativeCommandTest implements TokenCommandContract {}

  @Nested
  class TokenLifecycle extends NativeCommandTest implements TokenLifecycleCommandContract {}

  @Nested
  class Usage extends NativeCommandTest implements UsageCommandContract {}

  @Nested
  class User extends NativeCommandTest implements UserCommandContract {}

  @Nested
  class Version extends NativeCommandTest implements VersionCommandContract {}

  @Nested
  class Wire extends NativeCommandTest implements WireCommandContract {}

  @Nested
  class Workload extends NativeCommandTest implements WorkloadCommandContract {}

  @Nested
  class Workflow extends NativeCommandTest implements WorkflowCommandContract {}
}
