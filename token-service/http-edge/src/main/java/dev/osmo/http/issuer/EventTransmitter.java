package dev.osmo.http.issuer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transmitter of security events (RFC 8417) about the accounts of one identity provider.
 *
 * @param name the operator's name for it
 * @param issuer the exact {@code iss} claim
 * @param audience the exact {@code aud} claim
 * @param provider the name of the identity provider whose accounts the events are about
 * @param keys the address or the file of its key set; empty for that of its discovery document
 * @param algorithms the signature algorithms that are accepted
 */
public record EventTransmitter(
    String name,
    String issuer,
    String audience,
    String provider,
    Optional<String> keys,
    Set<String> algorithms)
    implements TokenIssuer {

  public EventTransmitter {
    algorithms = Set.copyOf(algorithms);
  }

  /**
   * An entry of the file.
   *
   * @throws IllegalArgumentException with a message that completes the sentence "The file …"
   */
  @JsonCreator
  static EventTransmitter of(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("issuer") @Nullable String issuer,
      @JsonProperty("audience") @Nullable String audience,
      @JsonProperty("provider") @Nullable String provider,
      @JsonProperty("keys") @Nullable String keys,
      @JsonProperty("algorithms") @Nullable List<@Nullable String> algorithms) {
    EntryCheck check = EntryCheck.named(name);
    return new EventTransmitter(
        check.name(),
        check.issuer(issuer),
        check.text("audience", audience),
        check.text("provider", provider),
        check.keys(keys),
        check.algorithms(algorithms));
  }
}
