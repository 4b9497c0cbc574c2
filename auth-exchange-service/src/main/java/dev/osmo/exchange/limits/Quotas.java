package dev.osmo.exchange.limits;

import dev.osmo.exchange.settings.LimitsSettings;
import dev.osmo.http.limits.Budgets;
import dev.osmo.http.limits.ClientAddress;
import dev.osmo.http.limits.Quota;
import dev.osmo.http.limits.RefillTime;
import dev.osmo.pat.PatId;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything that this replica counts.
 *
 * @param lookups the addresses with an exhausted budget of failures that have a look-up now
 */
record Quotas(
    Budgets<ClientAddress> failures,
    Set<ClientAddress> lookups,
    Budgets<ClientAddress> signIns,
    Budgets<PatId> exchanges,
    Budgets<PatId> introspections,
    Budgets<UUID> refreshes,
    Budgets<UUID> signOuts,
    Budgets<UUID> sessionIntrospections) {

  static Quotas of(LimitsSettings settings, RefillTime time) {
    return new Quotas(
        new Budgets<>(
            new Quota("failures", settings.failuresPerMinute()),
            settings.rememberedAddresses(),
            time),
        ConcurrentHashMap.newKeySet(),
        new Budgets<>(
            new Quota("signins", settings.signInsPerMinute()),
            settings.rememberedAddresses(),
            time),
        exchanges(settings, time),
        introspections(settings, time),
        exchanges(settings, time),
        signOuts(settings, time),
        introspections(settings, time));
  }

  private static <K> Budgets<K> exchanges(LimitsSettings settings, RefillTime time) {
    return new Budgets<>(
        new Quota("exchanges", settings.exchangesPerMinute()), settings.rememberedTokens(), time);
  }

  /** Of its own: whoever has a copy of the refresh token could otherwise prevent the sign-out. */
  private static <K> Budgets<K> signOuts(LimitsSettings settings, RefillTime time) {
    return new Budgets<>(
        new Quota("signouts", settings.exchangesPerMinute()), settings.rememberedTokens(), time);
  }

  private static <K> Budgets<K> introspections(LimitsSettings settings, RefillTime time) {
    return new Budgets<>(
        new Quota("introspections", settings.introspectionsPerMinute()),
        settings.rememberedTokens(),
        time);
  }
}
