package dev.osmo.http.issuer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.osmo.http.start.JsonFile;
import dev.osmo.http.start.SecretFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The transmitters of security events. Names and {@code iss} claims are unique. */
public record EventTransmitters(List<EventTransmitter> all) {

  public EventTransmitters {
    all = List.copyOf(all);
  }

  private record Content(List<EventTransmitter> transmitters) {

    @JsonCreator
    static Content of(@JsonProperty("transmitters") @Nullable List<EventTransmitter> transmitters) {
      if (transmitters == null || transmitters.contains(null)) {
        throw new IllegalArgumentException("has no list of transmitters");
      }
      return new Content(transmitters);
    }
  }

  /**
   * Reads the file; without one, no event is accepted.
   *
   * @param ourIssuer the {@code iss} claim of our own JWTs, which are never events
   * @throws dev.osmo.http.start.StartRefused if the file cannot be used, or names a provider that
   *     does not exist
   */
  public static EventTransmitters read(
      Optional<Path> path, IdentityProviders providers, String ourIssuer) {
    return path.map(file -> read(file, providers, ourIssuer))
        .orElseGet(() -> new EventTransmitters(List.of()));
  }

  private static EventTransmitters read(Path path, IdentityProviders providers, String ourIssuer) {
    return new JsonFile(new SecretFile("file of event transmitters", path))
        .read(Content.class, content -> checked(content.transmitters(), providers, ourIssuer));
  }

  private static EventTransmitters checked(
      List<EventTransmitter> transmitters, IdentityProviders providers, String ourIssuer) {
    EntryCheck.requireDifferent(transmitters, EventTransmitter::name, ourIssuer);
    for (EventTransmitter transmitter : transmitters) {
      if (providers.named(transmitter.provider()).isEmpty()) {
        throw new IllegalArgumentException(
            "names the identity provider " + transmitter.provider() + ", which does not exist");
      }
    }
    return new EventTransmitters(transmitters);
  }

  /** The transmitter with exactly this {@code iss} claim. */
  public Optional<EventTransmitter> find(String claim) {
    return all.stream().filter(one -> one.issuer().equals(claim)).findFirst();
  }
}
