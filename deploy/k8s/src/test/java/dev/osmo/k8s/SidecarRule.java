package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Containers of osmo run commands and options that it has, and write where others read. */
final class SidecarRule implements Rule {
  private static final String REFERENCE = "src-docs/user/cli-reference.rst";

  @Override
  public List<String> faults(Rendering rendering) {
    Faults faults = new Faults();
    for (Manifest manifest : rendering.manifests()) {
      for (JsonNode container : manifest.containers()) {
        if (container.path("image").asText().contains("osmo/osmo")) {
          check(manifest, container, faults);
        }
      }
      if (manifest.at("/metadata/labels/osmo.dev~1sidecar").asText().equals("true")) {
        faults.unless(
            manifest.containers().stream()
                .anyMatch(one -> one.path("name").asText().equals("osmo-sidecar")),
            manifest,
            "has no sidecar");
      }
    }
    return faults.all();
  }

  private static void check(Manifest manifest, JsonNode container, Faults faults) {
    List<String> arguments = texts(container.path("args"));
    command(manifest, arguments, faults);
    if (arguments.contains("run")) {
      faults.unless(
          container.path("restartPolicy").asText().equals("Always"),
          manifest,
          "has a sidecar that must end before the program starts");
    } else {
      faults.unless(
          !container.has("restartPolicy"), manifest, "has a step that never ends by itself");
    }
    for (String probe : List.of("startupProbe", "readinessProbe")) {
      List<String> words = texts(container.path(probe).at("/exec/command"));
      if (!words.isEmpty()) {
        faults.unless(words.getFirst().equals("/usr/bin/osmo"), manifest, probe + " is no osmo");
        command(manifest, words.subList(1, words.size()), faults);
        faults.unless(
            sinks(words).equals(sinks(arguments)), manifest, probe + " waits for other files");
      }
    }
    for (String sink : sinks(arguments)) {
      String folder = sink.replaceFirst("^file:", "").replaceFirst("/[^/]*$", "");
      faults.unless(
          manifest.containers().stream()
              .filter(one -> !one.equals(container))
              .flatMap(one -> Manifest.each(one.path("volumeMounts")))
              .anyMatch(
                  mount ->
                      mount.path("mountPath").asText().equals(folder)
                          && mount.path("readOnly").asBoolean()),
          manifest,
          "has no program that reads " + folder);
    }
  }

  /** The first words are a command of the reference, and its section lists the options. */
  private static void command(Manifest manifest, List<String> words, Faults faults) {
    String command = "osmo " + String.join(" ", words.subList(0, Math.min(2, words.size())));
    String reference = Pages.text(REFERENCE);
    int start = reference.indexOf("``" + command + "``\n---");
    faults.unless(start >= 0, manifest, command + " is no command");
    if (start >= 0) {
      int end = reference.indexOf("\n---", start + command.length() + 10);
      String section = reference.substring(start, end < 0 ? reference.length() : end);
      words.stream()
          .filter(word -> word.startsWith("--"))
          .forEach(
              option ->
                  faults.unless(
                      section.contains("``" + option + " "),
                      manifest,
                      command + " has no option " + option));
    }
  }

  private static List<String> sinks(List<String> words) {
    return words.stream().filter(word -> word.startsWith("file:")).toList();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }
}
