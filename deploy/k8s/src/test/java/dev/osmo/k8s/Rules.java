package dev.osmo.k8s;

import java.util.List;

/** All rules. */
final class Rules {
  static final List<Rule> ALL =
      List.of(
          new ModelRule(),
          new RestrictedRule(),
          new ProbeRule(),
          new EnvironmentRule(),
          new ReferenceRule(),
          new RouteRule(),
          new NetworkRule(),
          new MonitoringRule(),
          new SidecarRule(),
          new RestoreRule(),
          new TlsRule(),
          new PoolerRule(),
          new SecretRule());

  private Rules() {}

  static List<String> faults(Rendering rendering) {
    return ALL.stream().flatMap(rule -> rule.faults(rendering).stream()).toList();
  }
}
