package dev.osmo.token.migrate;

/**
 * The version of the schema that this build needs: that of the highest versioned migration. A
 * service on an older schema refuses to start; a newer one is fine, because each migration leaves
 * the release before it running.
 */
public final class SchemaVersion {

  public static final int REQUIRED = 16;

  private SchemaVersion() {}
}
