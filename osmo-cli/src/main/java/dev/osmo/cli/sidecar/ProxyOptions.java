package dev.osmo.cli.sidecar;

import dev.osmo.cli.listen.ListenAddress;
import dev.osmo.cli.options.Downscope;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.server.ServerUrl;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --proxy} and {@code --upstream}. */
class ProxyOptions {
  /**
   * The server behind the proxy.
   *
   * @param rights of the JWT that it receives
   */
  record Target(ServerUrl url, Downscope rights) {}

  @Option(
      names = "--proxy",
      paramLabel = "ADDRESS",
      description =
          "Pass requests to the server of --upstream, with a JWT: 127.0.0.1:PORT or unix:PATH.")
  private Optional<String> proxy = Optional.empty();

  @Option(
      names = "--upstream",
      paramLabel = "UPSTREAM",
      converter = TargetOption.class,
      description = {
        "The server of --proxy, the only one that receives the JWT:",
        "URL[,audience=AUDIENCE][,roles=A+B]."
      })
  private Optional<Target> upstream = Optional.empty();

  boolean isRequested() {
    return proxy.isPresent() || upstream.isPresent();
  }

  ListenAddress address() {
    return ListenAddress.local("--proxy", proxy.orElseThrow(ProxyOptions::incomplete));
  }

  Target target() {
    return upstream.orElseThrow(ProxyOptions::incomplete);
  }

  private static Failure incomplete() {
    return Failure.of(
        ExitCode.USER_ERROR,
        "--proxy and --upstream need each other",
        "Example: --proxy 127.0.0.1:8087 --upstream https://api.example.com,audience=api");
  }

  /** Reads the address and its settings. */
  static class TargetOption implements ITypeConverter<Target> {
    private static final Pattern SHAPE =
        Pattern.compile("(?<url>[^,]+)(,audience=(?<audience>[^,]+))?(,roles=(?<roles>[^,]+))?");

    @Override
    public Target convert(String text) {
      Matcher shape = SHAPE.matcher(text);
      if (!shape.matches()) {
        throw new TypeConversionException(
            "--upstream "
                + text
                + " is not an address with settings. Example:"
                + " https://api.example.com,audience=api,roles=a+b");
      }
      return new Target(
          url(shape.group("url")),
          Downscope.of(
              Optional.ofNullable(shape.group("audience")),
              Optional.ofNullable(shape.group("roles"))
                  .map(roles -> List.of(roles.split("\\+", -1)))
                  .orElse(List.of())));
    }

    private static ServerUrl url(String text) {
      try {
        return new ServerUrl(text);
      } catch (Failure malformed) {
        throw new TypeConversionException(malformed.what());
      }
    }
  }
}
