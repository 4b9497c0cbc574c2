package dev.osmo.cli.sidecar;

import dev.osmo.cli.kubernetes.SecretName;
import dev.osmo.cli.output.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --self-rotate}. */
class SelfRotateOption {
  /**
   * What to renew.
   *
   * @param life of the token after each rotation
   */
  record Wanted(SecretName secret, Duration life) {}

  @Option(
      names = "--self-rotate",
      paramLabel = "SECRET",
      converter = Converter.class,
      description = {
        "Rotate the token before it expires, and write it to its Kubernetes Secret:",
        "NAME[,key=KEY][,life=LIFE]. KEY is token if it is not given. LIFE is the new lifetime in"
            + " days or hours, 30d if it is not given. A rotation is due in its last third."
      })
  private Optional<Wanted> wanted = Optional.empty();

  Optional<Wanted> wanted() {
    return wanted;
  }

  /** Reads the name and its settings. */
  static class Converter implements ITypeConverter<Wanted> {
    private static final Pattern SHAPE =
        Pattern.compile("(?<name>[^,]+)(,key=(?<key>[^,]+))?(,life=(?<life>[1-9]\\d{0,3}[dh]))?");

    @Override
    public Wanted convert(String text) {
      Matcher shape = SHAPE.matcher(text);
      if (!shape.matches()) {
        throw new TypeConversionException(
            "--self-rotate "
                + text
                + " is not a Secret with settings. Example:"
                + " osmo-pipeline-token,key=token,life=30d");
      }
      return new Wanted(
          secret(shape.group("name"), Optional.ofNullable(shape.group("key")).orElse("token")),
          life(Optional.ofNullable(shape.group("life")).orElse("30d")));
    }

    private static SecretName secret(String name, String key) {
      try {
        return new SecretName(name, key);
      } catch (Failure malformed) {
        throw new TypeConversionException(malformed.what());
      }
    }

    private static Duration life(String text) {
      long number = Long.parseLong(text.substring(0, text.length() - 1));
      return text.endsWith("d") ? Duration.ofDays(number) : Duration.ofHours(number);
    }
  }
}
