package dev.osmo.images;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a container engine makes of an image, by bubblewrap: namespaces and a user of its own, a
 * read-only root, an empty {@code /tmp}, no capability, and no network unless it is asked for.
 *
 * @param root the unpacked layers
 * @param config of the image
 * @param options of bubblewrap, after those for the root
 */
record Container(Path root, JsonNode config, List<String> options) {

  Container(Path root, JsonNode config) {
    this(root, config, List.of());
  }

  static boolean canRun() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "bwrap")));
  }

  /** A folder of this machine under the same name. */
  Container reading(Path folder) {
    return mounted("--ro-bind", folder);
  }

  Container writing(Path folder) {
    return mounted("--bind", folder);
  }

  private Container mounted(String option, Path folder) {
    createFolder(folder.toString());
    return withOptions(option, folder.toString(), folder.toString());
  }

  Container with(String variable, String value) {
    return withOptions("--setenv", variable, value);
  }

  /** That of the machine, where the database and the other service are. */
  Container withNetwork() {
    return withOptions("--share-net");
  }

  private Container withOptions(String... more) {
    return new Container(
        root, config, Stream.concat(options.stream(), Arrays.stream(more)).toList());
  }

  List<String> command(String... arguments) {
    createFolder("proc");
    createFolder("dev");
    List<String> command =
        new ArrayList<>(List.of("bwrap", "--unshare-all", "--die-with-parent", "--as-pid-1"));
    String[] user = config.at("/config/User").asText().split(":", -1);
    command.addAll(List.of("--uid", user[0], "--gid", user[1], "--cap-drop", "ALL"));
    command.addAll(List.of("--ro-bind", root.toString(), "/", "--tmpfs", "/tmp"));
    command.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    for (JsonNode variable : config.at("/config/Env")) {
      String[] parts = variable.asText().split("=", 2);
      command.addAll(List.of("--setenv", parts[0], parts[1]));
    }
    command.addAll(options);
    config.at("/config/Entrypoint").forEach(word -> command.add(word.asText()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** An engine creates the places of its mounts, too. */
  private void createFolder(String path) {
    try {
      Files.createDirectories(root.resolve(path.replaceFirst("^/", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
