package dev.osmo.exchange.signin;

import dev.osmo.exchange.provider.DeviceAuthorization;
import dev.osmo.http.problem.DetailedProblem;

/** The result of starting a sign-in for a device. */
public sealed interface DeviceOutcome {

  record Started(DeviceAuthorization authorization) implements DeviceOutcome {}

  record NotStarted(DetailedProblem problem) implements DeviceOutcome {}
}
