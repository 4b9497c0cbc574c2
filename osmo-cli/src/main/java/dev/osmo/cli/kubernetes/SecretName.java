package dev.osmo.cli.kubernetes;

import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import java.util.regex.Pattern;

/**
 * A key of a Secret in the pod's own namespace.
 *
 * @param name a DNS subdomain
 */
public record SecretName(String name, String key) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  public SecretName {
    if (!NAME.matcher(name).matches() || !KEY.matcher(key).matches()) {
      throw Failure.of(
          ExitCode.USER_ERROR,
          "'" + name + "' with the key '" + key + "' is not the name of a Secret",
          "Example: osmo-pipeline-token,key=token");
    }
  }

  @Override
  public String toString() {
    return name + " (key " + key + ")";
  }
}
