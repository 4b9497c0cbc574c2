package dev.osmo.token.testing;

import dev.osmo.token.testing.People.Person;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * The security events of the transmitter {@code signals}, and an account of the provider {@code
 * creates}, which it reports on. The account was confirmed a minute ago, so that events in between
 * can be told apart in whole seconds.
 */
public record Signals(Person user, String subject) {

  public static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";

  public static Signals about(Person user) {
    Signals signals = new Signals(user, UUID.randomUUID().toString());
    People.execute(
        "INSERT INTO user_identity (issuer, subject, user_id, verified_at) VALUES (?, ?, ?, now() - interval '1 minute')",
        issuer(),
        signals.subject(),
        user.id());
    return signals;
  }

  public Jwt event(String type, long secondsAgo) {
    return event("signals", type, secondsAgo);
  }

  public Jwt event(String transmitter, String type, long secondsAgo) {
    Provider provider = Stage.current().provider();
    return Jwt.idToken(
            provider.key(transmitter),
            provider.issuer(transmitter),
            "https://osmo.test/ssf",
            "unused")
        .without("sub")
        .without("exp")
        .header("typ", "secevent+jwt")
        .claim("jti", UUID.randomUUID().toString())
        .claim("sub_id", account("creates", subject))
        .claim("events", Map.of(CAEP + type, Map.of("event_timestamp", epoch(secondsAgo))));
  }

  public static long epoch(long secondsAgo) {
    return Instant.now().getEpochSecond() - secondsAgo;
  }

  public static Map<String, Object> account(String provider, String subject) {
    return Map.of(
        "format", "iss_sub", "iss", Stage.current().provider().issuer(provider), "sub", subject);
  }

  /** A JWT of a session that the provider has confirmed this long ago. */
  public Jwt session(String confirmedAgo) {
    UUID session = UUID.randomUUID();
    People.execute(
        """
        INSERT INTO login_session (id, user_id, provider, issuer, subject, client_id, verified_at, expires_at)
        VALUES (?, ?, 'creates', ?, ?, 'creates-client', now() - CAST(? AS interval), now() + interval '30 days')
        """,
        session,
        user.id(),
        issuer(),
        subject,
        confirmedAgo);
    return Jwt.ofSession(user.id(), session, user.roles());
  }

  private static String issuer() {
    return Stage.current().provider().issuer("creates");
  }
}
