package dev.osmo.cli.options;

import dev.osmo.cli.output.CommaList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --audience} and {@code --roles}: a JWT that can do less than that of the context. */
public class Downscope {
  @Option(
      names = "--audience",
      paramLabel = "AUDIENCE",
      description =
          "Get a JWT for this server only, of those that the operator allows. OSMO itself refuses"
              + " it, so its receiver cannot create access tokens with it.")
  private Optional<String> audience = Optional.empty();

  @Option(
      names = "--roles",
      split = CommaList.SEPARATOR,
      splitSynopsisLabel = CommaList.LABEL,
      paramLabel = "ROLE",
      description = "Get a JWT with these roles only, separated by commas.")
  private List<String> roles = new ArrayList<>();

  public static Downscope of(Optional<String> audience, List<String> roles) {
    Downscope wanted = new Downscope();
    wanted.audience = audience;
    wanted.roles = List.copyOf(roles);
    return wanted;
  }

  public boolean isRequested() {
    return audience.isPresent() || !roles.isEmpty();
  }

  public Optional<String> audience() {
    return audience;
  }

  public List<String> roles() {
    return List.copyOf(roles);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Downscope that
        && audience.equals(that.audience)
        && roles.equals(that.roles);
  }

  @Override
  public int hashCode() {
    return Objects.hash(audience, roles);
  }
}
