package dev.osmo.cli.session.store;

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
 * All that the credential file holds: logins by name, and which of them is used when nothing else
 * is said. The first format of the file, one login without a name, is read as the context {@code
 * default} and written in the present format on the next change.
 *
 * @param current always a name that is there, or empty
 */
public record Logins(Optional<ContextName> current, NavigableMap<ContextName, Login> byName) {
  static final int VERSION = 2;

  public Logins {
    byName = Collections.unmodifiableNavigableMap(new TreeMap<>(byName));
    current = current.filter(byName::containsKey);
  }

  static Logins none() {
    return new Logins(Optional.empty(), new TreeMap<>());
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  public Optional<Login> find(ContextName name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * The one with this name.
   *
   * @throws Failure when there is none
   */
  Login named(ContextName name) {
    return find(name).orElseThrow(() -> NotLoggedIn.as(name).withExitCode(ExitCode.NOT_FOUND));
  }

  public Logins with(ContextName name, Login login) {
    NavigableMap<ContextName, Login> more = new TreeMap<>(byName);
    more.put(name, login);
    return new Logins(current, more);
  }

  public Logins without(ContextName name) {
    NavigableMap<ContextName, Login> fewer = new TreeMap<>(byName);
    fewer.remove(name);
    return new Logins(current, fewer);
  }

  Logins using(ContextName name) {
    return new Logins(Optional.of(name), byName);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("version", VERSION);
    current.ifPresent(name -> json.put("current", name.text()));
    ObjectNode contexts = json.putObject("contexts");
    byName.forEach((name, login) -> contexts.set(name.text(), login.toJson()));
    return json;
  }

  /** Empty for anything that {@link #toJson}, now or in its first form, did not write. */
  static Optional<Logins> fromJson(JsonNode json) {
    return switch (version(json)) {
      case 1 ->
          Login.fromJson(json)
              .map(login -> none().with(ContextName.DEFAULT, login).using(ContextName.DEFAULT));
      case VERSION -> contexts(json);
      default -> Optional.empty();
    };
  }

  static int version(JsonNode json) {
    return json.path("version").asInt();
  }

  private static Optional<Logins> contexts(JsonNode json) {
    try {
      NavigableMap<ContextName, Login> logins = new TreeMap<>();
      for (Map.Entry<String, JsonNode> context : json.path("contexts").properties()) {
        Optional<Login> login = Login.fromJson(context.getValue());
        if (login.isEmpty()) {
          return Optional.empty();
        }
        logins.put(new ContextName(context.getKey()), login.get());
      }
      Optional<ContextName> current =
          Optional.ofNullable(json.get("current")).map(JsonNode::asText).map(ContextName::new);
      return logins.isEmpty() ? Optional.empty() : Optional.of(new Logins(current, logins));
    } catch (Failure damagedName) {
      return Optional.empty();
    }
  }
}
