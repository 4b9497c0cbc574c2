package dev.osmo.token.migrate;

/**
 * The schema version that this build requires: the highest versioned migration. A service refuses
 * to start on an older schema. A newer one is fine, because every migration keeps the previous
 * release working.
 */
public final class SchemaVersion {

  public static final int REQUIRED = 37;

  private SchemaVersion() {}
}
