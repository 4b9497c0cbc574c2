package dev.osmo.cli.sidecar;

import dev.osmo.cli.options.Downscope;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code file:PATH,format=…,mode=…,audience=…,roles=…,registry=…}. Roles are separated by
 * {@code +}, because a comma separates the settings.
 */
class SinkOption implements ITypeConverter<Sink> {
  private static final String KIND = "file:";
  private static final Set<String> KEYS = Set.of("format", "mode", "audience", "roles", "registry");
  private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]+)?");

  /** In the order of the bits, from the highest. */
  private static final List<PosixFilePermission> BITS =
      List.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private static final String DEFAULT_MODE = "0440";

  @Override
  public Sink convert(String text) {
    if (!text.startsWith(KIND)) {
      throw wrong(text, "does not begin with " + KIND);
    }
    String[] parts = text.substring(KIND.length()).split(",", -1);
    Map<String, String> settings = settings(text, parts);
    String format = settings.getOrDefault("format", SinkFormat.RAW.toString());
    return new Sink(
        path(text, parts[0]),
        SinkFormat.named(format)
            .orElseThrow(
                () -> wrong(text, "has a format that is not one of " + SinkFormat.names())),
        mode(text, settings.getOrDefault("mode", DEFAULT_MODE)),
        Downscope.of(
            Optional.ofNullable(settings.get("audience")),
            Optional.ofNullable(settings.get("roles")).map(SinkOption::roles).orElse(List.of())),
        Optional.ofNullable(settings.get("registry")).map(host -> registry(text, host)));
  }

  private static List<String> roles(String text) {
    return List.of(text.split("\\+", -1));
  }

  /** The shell does not expand {@code ~} here, and a folder of this name is not meant. */
  private static Path path(String text, String name) {
    if (name.isEmpty() || name.startsWith("~")) {
      throw wrong(text, name.isEmpty() ? "names no file" : "has a path that begins with ~");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException malformed) {
      throw wrong(text, "names no file");
    }
  }

  private static Map<String, String> settings(String text, String... parts) {
    Map<String, String> settings = new HashMap<>();
    for (String setting : List.of(parts).subList(1, parts.length)) {
      String[] pair = setting.split("=", 2);
      if (pair.length < 2 || pair[1].isEmpty() || !KEYS.contains(pair[0])) {
        throw wrong(
            text, "has \"" + setting + "\"; settings are format, mode, audience, roles, registry");
      }
      if (settings.put(pair[0], pair[1]) != null) {
        throw wrong(text, "has " + pair[0] + " twice");
      }
    }
    return settings;
  }

  /** Only this process writes the file, so no mode allows others to. */
  private static Set<PosixFilePermission> mode(String text, String octal) {
    if (!MODE.matcher(octal).matches()) {
      throw wrong(text, "has a mode that is not octal, such as " + DEFAULT_MODE);
    }
    int bits = Integer.parseInt(octal, 8);
    Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < BITS.size(); i++) {
      if ((bits & 1 << (BITS.size() - 1 - i)) != 0) {
        mode.add(BITS.get(i));
      }
    }
    if (mode.contains(PosixFilePermission.GROUP_WRITE)
        || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw wrong(text, "has a mode that lets others write the file");
    }
    return mode;
  }

  private static String registry(String text, String host) {
    if (!HOST.matcher(host).matches()) {
      throw wrong(text, "has a registry that is not a host name");
    }
    return host;
  }

  private static TypeConversionException wrong(String text, String why) {
    return new TypeConversionException(
        "The sink " + text + " " + why + ". Example: file:/run/osmo/jwt,format=raw,mode=0440");
  }
}
