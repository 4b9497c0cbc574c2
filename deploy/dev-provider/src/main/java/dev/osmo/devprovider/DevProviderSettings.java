package dev.osmo.devprovider;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * How one provider behaves. Start with {@link #defaults}.
 *
 * @param port of 127.0.0.1; 0 chooses a free one
 * @param clients ids of public clients. Each may use every redirect address on loopback
 * @param pollInterval between two requests of a device, in whole seconds
 * @param clock decides what has expired, and is the time of the ID tokens
 */
public record DevProviderSettings(
    int port,
    List<DevUser> users,
    List<String> clients,
    Duration idTokenLife,
    Duration codeLife,
    Duration deviceCodeLife,
    Duration pollInterval,
    InstantSource clock) {

  public DevProviderSettings {
    users = List.copyOf(users);
    clients = List.copyOf(clients);
  }

  /** A free port, the three users of {@link DevUser} and the client {@code osmo-cli}. */
  public static DevProviderSettings defaults() {
    return new DevProviderSettings(
        0,
        List.of(DevUser.ADMIN, DevUser.USER, DevUser.GUEST),
        List.of("osmo-cli"),
        Duration.ofMinutes(5),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofSeconds(5),
        InstantSource.system());
  }

  public DevProviderSettings withPort(int changed) {
    return new DevProviderSettings(
        changed, users, clients, idTokenLife, codeLife, deviceCodeLife, pollInterval, clock);
  }

  public DevProviderSettings withUsers(List<DevUser> changed) {
    return new DevProviderSettings(
        port, changed, clients, idTokenLife, codeLife, deviceCodeLife, pollInterval, clock);
  }

  public DevProviderSettings withClients(List<String> changed) {
    return new DevProviderSettings(
        port, users, changed, idTokenLife, codeLife, deviceCodeLife, pollInterval, clock);
  }

  public DevProviderSettings withPollInterval(Duration changed) {
    return new DevProviderSettings(
        port, users, clients, idTokenLife, codeLife, deviceCodeLife, changed, clock);
  }

  public DevProviderSettings withClock(InstantSource changed) {
    return new DevProviderSettings(
        port, users, clients, idTokenLife, codeLife, deviceCodeLife, pollInterval, changed);
  }
}
