package dev.osmo.cli.listen;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a process accepts connections. Addresses are numeric: no resolver decides. */
public sealed interface ListenAddress {
  SocketAddress socketAddress();

  /** As a user writes it. */
  @Override
  String toString();

  /** Port 0 stands for any free port. */
  record Tcp(InetAddress host, int port) implements ListenAddress {
    @Override
    public InetSocketAddress socketAddress() {
      return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
      String text = host.getHostAddress();
      return (text.contains(":") ? "[" + text + "]" : text) + ":" + port;
    }
  }

  /** A Unix socket. The permissions of its file decide who may connect. */
  record Unix(Path path) implements ListenAddress {
    @Override
    public UnixDomainSocketAddress socketAddress() {
      return UnixDomainSocketAddress.of(path);
    }

    @Override
    public String toString() {
      return KIND + path;
    }
  }

  String KIND = "unix:";
  Pattern SHAPE =
      Pattern.compile("(?<host>localhost|[0-9.]*|\\[[0-9a-fA-F:.]+])?:(?<port>[0-9]{1,5})");
  int LAST_PORT = 65_535;

  /**
   * An address that only this machine, in Kubernetes only this pod, can connect to.
   *
   * @throws Failure for any other
   */
  static ListenAddress local(String option, String text) {
    ListenAddress address = any(option, text);
    if (address instanceof Tcp tcp && !tcp.host().isLoopbackAddress()) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          option + " " + text + " would give JWTs to other machines",
          "Use a loopback address, such as 127.0.0.1:8085, or unix:/run/osmo/socket.");
    }
    return address;
  }

  /** Without a host, as in {@code :8086}, every address of the machine. */
  static ListenAddress any(String option, String text) {
    if (text.startsWith(KIND)) {
      return unix(option, text);
    }
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches() || Integer.parseInt(shape.group("port")) > LAST_PORT) {
      throw wrong(option, text);
    }
    try {
      return new Tcp(
          host(shape.group("host").replaceAll("[\\[\\]]", "")),
          Integer.parseInt(shape.group("port")));
    } catch (UnknownHostException notNumeric) {
      throw wrong(option, text);
    }
  }

  private static InetAddress host(String text) throws UnknownHostException {
    return switch (text) {
      case "" -> InetAddress.getByAddress(new byte[4]);
      case "localhost" -> InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      // Four numbers or an IPv6 address: nothing is looked up.
      default -> {
        if (!text.contains(":") && !text.matches("(\\d{1,3}\\.){3}\\d{1,3}")) {
          throw new UnknownHostException(text);
        }
        yield InetAddress.getByName(text);
      }
    };
  }

  private static ListenAddress unix(String option, String text) {
    try {
      Path path = Path.of(text.substring(KIND.length()));
      if (path.isAbsolute()) {
        UnixDomainSocketAddress.of(path);
        return new Unix(path);
      }
    } catch (InvalidPathException malformed) {
      // Reported below.
    }
    throw wrong(option, text);
  }

  private static Failure wrong(String option, String text) {
    return Failure.of(
        ExitCode.USER_ERROR,
        option + " " + text + " is not an address to listen on",
        "Use ADDRESS:PORT with a numeric address, or unix:/ABSOLUTE/PATH.");
  }

  /** The family that a channel needs. */
  default StandardProtocolFamily family() {
    return switch (this) {
      case Tcp tcp ->
          tcp.host().getAddress().length == 4
              ? StandardProtocolFamily.INET
              : StandardProtocolFamily.INET6;
      case Unix unix -> StandardProtocolFamily.UNIX;
    };
  }
}
