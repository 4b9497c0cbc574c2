package dev.osmo.devprovider;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The users. Every token that is issued reads them again. */
final class Directory {
  private final ConcurrentSkipListMap<String, DevUser> users = new ConcurrentSkipListMap<>();
  private final Set<String> disabled = ConcurrentHashMap.newKeySet();

  Directory(List<DevUser> users) {
    users.forEach(user -> this.users.put(user.name(), user));
  }

  Collection<DevUser> all() {
    return users.values();
  }

  /** Empty if no such user exists or if the user is disabled. */
  Optional<DevUser> enabled(String name) {
    return Optional.ofNullable(users.get(name)).filter(user -> !disabled.contains(name));
  }

  void setGroups(String name, List<String> groups) {
    if (users.computeIfPresent(name, (unused, user) -> user.withGroups(groups)) == null) {
      throw new IllegalArgumentException("no user " + name);
    }
  }

  void disable(String name) {
    disabled.add(name);
  }

  void enable(String name) {
    disabled.remove(name);
  }
}
