package dev.osmo.sample;

/** The roles that may list and submit workflows. */
final class Roles {
  static final String ADMIN = "osmo-admin";
  static final String USER = "osmo-user";
  static final String ML_TEAM = "osmo-ml-team";

  private Roles() {}
}
