package dev.osmo.exchange.limits;

import dev.osmo.exchange.settings.LimitsSettings;
import dev.osmo.http.limits.Budgets;
import dev.osmo.http.limits.ClientAddress;
import dev.osmo.http.limits.Quota;
import dev.osmo.pat.PatId;

/** The limits that this replica counts. */
record Quotas(
    Budgets<ClientAddress> failures, Budgets<PatId> exchanges, Budgets<PatId> introspections) {

  static Quotas of(LimitsSettings settings) {
    return new Quotas(
        new Budgets<>(
            new Quota("failures", settings.failuresPerMinute()), settings.rememberedAddresses()),
        new Budgets<>(
            new Quota("exchanges", settings.exchangesPerMinute()), settings.rememberedTokens()),
        new Budgets<>(
            new Quota("introspections", settings.introspectionsPerMinute()),
            settings.rememberedTokens()));
  }
}
