package dev.osmo.token.events;

import dev.osmo.http.issuer.EventTransmitter;
import dev.osmo.http.issuer.VerifiedToken;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A verified security event token.
 *
 * @param jti unique at its issuer
 * @param types the URIs of its events, without those that are not known here
 * @param happenedAt when it happened, as the transmitter says
 * @param subject the account; empty if it is named in a way that is not supported
 */
record SecurityEvent(
    EventTransmitter transmitter,
    String jti,
    Set<Type> types,
    Instant happenedAt,
    Optional<Account> subject) {

  /** An account of an identity provider. */
  record Account(String issuer, String subject) {}

  /** What is known of the Continuous Access Evaluation Profile 1.0. */
  enum Type {
    SESSION_REVOKED("session-revoked"),
    TOKEN_CLAIMS_CHANGE("token-claims-change"),
    CREDENTIAL_CHANGE("credential-change");

    private static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";

    private final String shortName;

    Type(String shortName) {
      this.shortName = shortName;
    }

    String shortName() {
      return shortName;
    }

    static Optional<Type> of(String uri) {
      for (Type type : values()) {
        if (uri.equals(CAEP + type.shortName)) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }
  }

  private static final int LONGEST_ID = 256;
  private static final int LONGEST = 512;

  SecurityEvent {
    types = Set.copyOf(types);
  }

  /**
   * Reads the claims of RFC 8417 and the subject of RFC 9493. Fails with a refusal if one of them
   * is missing.
   */
  static SecurityEvent of(VerifiedToken token, EventTransmitter transmitter) {
    String jti =
        token
            .text("jti")
            .filter(id -> isUsable(id, LONGEST_ID))
            .orElseThrow(
                EventProblem.INVALID_REQUEST.because("The event has no jti.")::toException);
    if (!(token.claims().get("events") instanceof Map<?, ?> events) || events.isEmpty()) {
      throw EventProblem.INVALID_REQUEST.because("The token has no events.").toException();
    }
    Set<Type> types = new LinkedHashSet<>();
    Instant happenedAt = token.issuedAt();
    Optional<Account> subject = account(token.claims().get("sub_id"));
    for (Map.Entry<?, ?> event : events.entrySet()) {
      Optional<Type> type = Type.of(String.valueOf(event.getKey()));
      if (type.isPresent() && event.getValue() instanceof Map<?, ?> facts) {
        types.add(type.get());
        happenedAt = earlier(happenedAt, time(facts.get("event_timestamp")));
        subject = subject.or(() -> account(facts.get("subject")));
      }
    }
    return new SecurityEvent(
        transmitter, jti, types, earlier(happenedAt, time(token.claims().get("toe"))), subject);
  }

  /** The formats {@code iss_sub} and {@code complex} with the member {@code user}. */
  private static Optional<Account> account(@Nullable Object identifier) {
    if (!(identifier instanceof Map<?, ?> id)) {
      return Optional.empty();
    }
    if ("complex".equals(id.get("format"))) {
      return id.get("user") instanceof Map<?, ?> user && !"complex".equals(user.get("format"))
          ? account(user)
          : Optional.empty();
    }
    return "iss_sub".equals(id.get("format"))
            && id.get("iss") instanceof String issuer
            && id.get("sub") instanceof String subject
            && isUsable(issuer, LONGEST)
            && isUsable(subject, LONGEST)
        ? Optional.of(new Account(issuer, subject))
        : Optional.empty();
  }

  private static boolean isUsable(String text, int longest) {
    return !text.isBlank() && text.length() <= longest && text.indexOf('\0') < 0;
  }

  private static Instant earlier(Instant one, Optional<Instant> other) {
    return other.filter(time -> time.isBefore(one)).orElse(one);
  }

  /** Seconds since 1970. */
  private static Optional<Instant> time(@Nullable Object seconds) {
    try {
      return seconds instanceof Number number
          ? Optional.of(Instant.ofEpochSecond(number.longValue()))
          : Optional.empty();
    } catch (DateTimeException impossible) {
      return Optional.empty();
    }
  }

  /** The same, but not of the future: it says nothing about what is confirmed until then. */
  SecurityEvent noLaterThan(Instant now) {
    return happenedAt.isAfter(now)
        ? new SecurityEvent(transmitter, jti, types, now, subject)
        : this;
  }

  /** Without the account, which describes a person. */
  @Override
  public String toString() {
    return "SecurityEvent[transmitter=" + transmitter.name() + ", jti=" + jti + "]";
  }
}
