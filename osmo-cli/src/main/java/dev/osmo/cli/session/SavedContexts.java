package dev.osmo.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.osmo.cli.environment.ContextName;
import dev.osmo.cli.output.ExitCode;
import dev.osmo.cli.output.Failure;
import dev.osmo.cli.output.Json;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The contents of the credential file: contexts by name, and which is the current one. Version 1 of
 * the file, one context without a name, is read as the context {@code default} and written in a
 * newer version on the next change. Version 3 has sessions; without them, the file is still written
 * as version 2, which an older osmo can read.
 *
 * @param current the name of a context in the map, or empty
 */
record SavedContexts(Optional<ContextName> current, NavigableMap<ContextName, Context> byName) {
  static final int VERSION = 3;

  private static final int WITHOUT_SESSIONS = 2;

  SavedContexts {
    byName = Collections.unmodifiableNavigableMap(new TreeMap<>(byName));
    current = current.filter(byName::containsKey);
  }

  static SavedContexts none() {
    return new SavedContexts(Optional.empty(), new TreeMap<>());
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  Optional<Context> find(ContextName name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * The context with this name.
   *
   * @throws Failure if there is none
   */
  Context named(ContextName name) {
    return find(name).orElseThrow(() -> NotLoggedIn.as(name).withExitCode(ExitCode.NOT_FOUND));
  }

  SavedContexts with(ContextName name, Context context) {
    NavigableMap<ContextName, Context> more = new TreeMap<>(byName);
    more.put(name, context);
    return new SavedContexts(current, more);
  }

  SavedContexts without(ContextName name) {
    NavigableMap<ContextName, Context> fewer = new TreeMap<>(byName);
    fewer.remove(name);
    return new SavedContexts(current, fewer);
  }

  SavedContexts using(ContextName name) {
    return new SavedContexts(Optional.of(name), byName);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("version", hasSessions() ? VERSION : WITHOUT_SESSIONS);
    current.ifPresent(name -> json.put("current", name.text()));
    ObjectNode contexts = json.putObject("contexts");
    byName.forEach((name, context) -> contexts.set(name.text(), context.toJson()));
    return json;
  }

  private boolean hasSessions() {
    return byName.values().stream().anyMatch(each -> each.grant().signIn().isPresent());
  }

  /** Empty for anything that {@link #toJson} does not write, in any version. */
  static Optional<SavedContexts> fromJson(JsonNode json) {
    return switch (version(json)) {
      case 1 ->
          Context.fromJson(json)
              .map(context -> none().with(ContextName.DEFAULT, context).using(ContextName.DEFAULT));
      case WITHOUT_SESSIONS, VERSION -> contexts(json);
      default -> Optional.empty();
    };
  }

  static int version(JsonNode json) {
    return json.path("version").asInt();
  }

  private static Optional<SavedContexts> contexts(JsonNode json) {
    try {
      NavigableMap<ContextName, Context> contexts = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : json.path("contexts").properties()) {
        Optional<Context> context = Context.fromJson(entry.getValue());
        if (context.isEmpty()) {
          return Optional.empty();
        }
        contexts.put(new ContextName(entry.getKey()), context.get());
      }
      Optional<ContextName> current =
          Optional.ofNullable(json.get("current")).map(JsonNode::asText).map(ContextName::new);
      return contexts.isEmpty()
          ? Optional.empty()
          : Optional.of(new SavedContexts(current, contexts));
    } catch (Failure damagedName) {
      return Optional.empty();
    }
  }
}
