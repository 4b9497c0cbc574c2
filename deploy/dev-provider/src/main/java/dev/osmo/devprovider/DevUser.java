package dev.osmo.devprovider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.UUID;

/**
 * A person who can sign in.
 *
 * @param name the claim {@code preferred_username}, as {@code user@example.com}
 * @param groups the claim {@code groups}; may be empty
 */
public record DevUser(String name, List<String> groups) {

  public static final DevUser ADMIN =
      new DevUser("admin@example.com", List.of("osmo-admins", "osmo-users"));
  public static final DevUser USER = new DevUser("user@example.com", List.of("osmo-users"));
  public static final DevUser GUEST = new DevUser("guest@example.com", List.of());

  public DevUser {
    groups = List.copyOf(groups);
  }

  /** The claim {@code sub}. As with real providers, it is not the name. */
  public String subject() {
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
  }

  DevUser withGroups(List<String> changed) {
    return new DevUser(name, changed);
  }
}
