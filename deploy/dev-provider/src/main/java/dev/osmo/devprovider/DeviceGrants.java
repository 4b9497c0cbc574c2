package dev.osmo.devprovider;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationGrantError;
import com.nimbusds.oauth2.sdk.device.DeviceCode;
import com.nimbusds.oauth2.sdk.device.UserCode;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The device codes of RFC 8628, and what their users decided. */
final class DeviceGrants {
  private final Map<DeviceCode, Grant> grants = new ConcurrentHashMap<>();

  void put(DeviceCode code, Grant grant) {
    grants.put(code, grant);
  }

  /** Whether a device waits for a decision about this code. */
  boolean awaits(UserCode code, Instant now) {
    return grants.values().stream().anyMatch(grant -> grant.awaits(code, now));
  }

  /** Returns false if no device waits for a decision about this code. */
  boolean decide(UserCode code, UnaryOperator<Grant> decision, Instant now) {
    return grants.entrySet().stream()
        .filter(entry -> entry.getValue().awaits(code, now))
        .findFirst()
        .map(entry -> grants.computeIfPresent(entry.getKey(), (key, old) -> decision.apply(old)))
        .isPresent();
  }

  /** The answer to one poll. An approved grant is removed, because it is used once. */
  Poll poll(DeviceCode code, @Nullable ClientID client, Instant now) {
    Grant grant = grants.get(code);
    if (grant == null || !grant.client.equals(client)) {
      return new Poll.Refused(OAuth2Error.INVALID_GRANT);
    }
    Poll poll = grant.poll(now);
    if (poll instanceof Poll.Approved) {
      return grants.remove(code, grant) ? poll : new Poll.Refused(OAuth2Error.INVALID_GRANT);
    }
    grants.replace(code, grant, grant.polledAt(now, poll));
    return poll;
  }

  /** An answer to a device. */
  sealed interface Poll {
    record Approved(SignIn signIn) implements Poll {}

    record Refused(ErrorObject error) implements Poll {}
  }

  /** What the user decided. */
  sealed interface Decision {
    record None() implements Decision {}

    record Denied() implements Decision {}

    record Approved(SignIn signIn) implements Decision {}
  }

  /**
   * One device that waits.
   *
   * @param interval seconds; 5 more after each poll that came too early
   */
  record Grant(
      UserCode userCode,
      ClientID client,
      Scope scope,
      Instant expiry,
      long interval,
      Optional<Instant> lastPoll,
      Decision decision) {

    Grant approvedBy(DevUser user, Instant now) {
      return decided(
          new Decision.Approved(new SignIn(user.name(), client, scope, null, now, new Family())));
    }

    Grant denied() {
      return decided(new Decision.Denied());
    }

    private Grant decided(Decision changed) {
      return new Grant(userCode, client, scope, expiry, interval, lastPoll, changed);
    }

    boolean awaits(UserCode code, Instant now) {
      return userCode.getStrippedValue().equals(code.getStrippedValue())
          && now.isBefore(expiry)
          && decision instanceof Decision.None;
    }

    Poll poll(Instant now) {
      if (!now.isBefore(expiry)) {
        return new Poll.Refused(DeviceAuthorizationGrantError.EXPIRED_TOKEN);
      }
      if (lastPoll.filter(last -> now.isBefore(last.plusSeconds(interval))).isPresent()) {
        return new Poll.Refused(DeviceAuthorizationGrantError.SLOW_DOWN);
      }
      return switch (decision) {
        case Decision.None unused ->
            new Poll.Refused(DeviceAuthorizationGrantError.AUTHORIZATION_PENDING);
        case Decision.Denied unused -> new Poll.Refused(OAuth2Error.ACCESS_DENIED);
        case Decision.Approved approved -> new Poll.Approved(approved.signIn);
      };
    }

    Grant polledAt(Instant now, Poll poll) {
      boolean tooEarly =
          poll instanceof Poll.Refused(ErrorObject error)
              && error.equals(DeviceAuthorizationGrantError.SLOW_DOWN);
      return new Grant(
          userCode,
          client,
          scope,
          expiry,
          tooEarly ? interval + 5 : interval,
          Optional.of(now),
          decision);
    }
  }
}
