package dev.osmo.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Containers of osmo run commands and options that it has, and write where others read. */
final class SidecarRule implements Rule {
  private static final Map<String, String> PROBES =
      Map.of(
          "startupProbe", "/startup", "livenessProbe", "/liveness", "readinessProbe", "/readiness");
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
      rotated(manifest)
          .forEach(
              secret ->
                  faults.unless(
                      rendering.of("Role").anyMatch(role -> allows(role, secret)),
                      manifest,
                      "has no Role for the Secret " + secret));
      if (manifest.at("/metadata/labels/osmo.dev~1sidecar").asText().equals("true")) {
        faults.unless(
            manifest.containers().stream()
                .anyMatch(one -> one.path("name").asText().equals("osmo-sidecar")),
            manifest,
            "has no sidecar");
      }
    }
    rendering
        .of("Role")
        .forEach(
            role ->
                faults.unless(
                    Manifest.each(role.at("/rules")).allMatch(SidecarRule::isForOneSecret),
                    role,
                    "allows more than get and update of one Secret"));
    return faults.all();
  }

  /** The Secrets that its containers renew. */
  private static List<String> rotated(Manifest manifest) {
    return manifest.containers().stream()
        .map(container -> setting(texts(container.path("args")), "--self-rotate"))
        .filter(value -> !value.isEmpty())
        .map(value -> value.replaceFirst(",.*", ""))
        .toList();
  }

  private static boolean allows(Manifest role, String secret) {
    return Manifest.each(role.at("/rules"))
        .anyMatch(rule -> texts(rule.path("resourceNames")).equals(List.of(secret)));
  }

  private static boolean isForOneSecret(JsonNode rule) {
    return texts(rule.path("resources")).equals(List.of("secrets"))
        && rule.path("resourceNames").size() == 1
        && texts(rule.path("verbs")).equals(List.of("get", "update"));
  }

  private static void check(Manifest manifest, JsonNode container, Faults faults) {
    List<String> arguments = texts(container.path("args"));
    command(manifest, arguments, faults);
    if (arguments.contains("run")) {
      boolean restarted = container.path("restartPolicy").asText().equals("Always");
      faults.unless(
          restarted || isEndedByTheProgram(manifest, container, arguments),
          manifest,
          "has a sidecar that must end before the program starts, or that nobody ends");
      if (restarted) {
        probes(manifest, container, arguments, faults);
      }
    } else {
      faults.unless(
          !container.has("restartPolicy"), manifest, "has a step that never ends by itself");
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

  /** Of an ordinary container beside the program. */
  private static boolean isEndedByTheProgram(
      Manifest manifest, JsonNode container, List<String> arguments) {
    return arguments.contains("--allow-quit")
        && manifest.containers().stream()
            .filter(one -> !one.equals(container))
            .anyMatch(one -> one.path("command").toString().contains("/quitquitquit"));
  }

  private static void probes(
      Manifest manifest, JsonNode container, List<String> arguments, Faults faults) {
    String port = setting(arguments, "--health").replaceFirst(".*:", "");
    faults.unless(!port.isEmpty(), manifest, "has a sidecar without --health");
    PROBES.forEach(
        (probe, path) -> {
          JsonNode get = container.path(probe).path("httpGet");
          faults.unless(
              get.path("path").asText().equals(path), manifest, probe + " is not " + path);
          faults.unless(
              portOf(container, get.path("port")).equals(port),
              manifest,
              probe + " has another port than --health");
        });
  }

  /** A number, or the name of a port of the container. */
  private static String portOf(JsonNode container, JsonNode port) {
    return Manifest.named(container.path("ports"), port.asText())
        .map(named -> named.path("containerPort").asText())
        .orElseGet(port::asText);
  }

  private static String setting(List<String> words, String option) {
    return words.stream()
        .filter(word -> word.startsWith(option + "="))
        .map(word -> word.substring(option.length() + 1))
        .findFirst()
        .orElse("");
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
          .map(word -> word.replaceFirst("=.*", ""))
          .forEach(
              option ->
                  faults.unless(
                      section.contains("``" + option + " ")
                          || section.contains("``" + option + "``"),
                      manifest,
                      command + " has no option " + option));
    }
  }

  private static List<String> sinks(List<String> words) {
    return words.stream()
        .map(word -> word.replaceFirst("^--sink=", ""))
        .filter(word -> word.startsWith("file:"))
        .map(word -> word.replaceFirst(",.*", ""))
        .toList();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }
}
