package dev.osmo.exchange.limits;

import dev.osmo.exchange.settings.LimitsSettings;
import dev.osmo.http.limits.Budgets;
import dev.osmo.http.limits.ClientAddress;
import dev.osmo.http.limits.Quota;
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

  static Quotas of(LimitsSettings settings) {
    return new Quotas(
        new Budgets<>(
            new Quota("failures", settings.failuresPerMinute()), settings.rememberedAddresses()),
        ConcurrentHashMap.newKeySet(),
        new Budgets<>(
            new Quota("signins", settings.signInsPerMinute()), settings.rememberedAddresses()),
        exchanges(settings),
        introspections(settings),
        exchanges(settings),
        signOuts(settings),
        introspections(settings));
  }

  private static <K> Budgets<K> exchanges(LimitsSettings settings) {
    return new Budgets<>(
        new Quota("exchanges", settings.exchangesPerMinute()), settings.rememberedTokens());
  }

  /** Of its own: whoever has a copy of the refresh token could otherwise prevent the sign-out. */
  private static <K> Budgets<K> signOuts(LimitsSettings settings) {
    return new Budgets<>(
        new Quota("signouts", settings.exchangesPerMinute()), settings.rememberedTokens());
  }

  private static <K> Budgets<K> introspections(LimitsSettings settings) {
    return new Budgets<>(
        new Quota("introspections", settings.introspectionsPerMinute()),
        settings.rememberedTokens());
  }
}
