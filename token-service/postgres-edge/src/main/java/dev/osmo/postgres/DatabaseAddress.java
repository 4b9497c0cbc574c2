package dev.osmo.postgres;

import io.quarkus.arc.Unremovable;
import io.smallrye.config.ConfigMapping;

/**
 * Makes the address of the database a required setting. For the runtime it is optional: without it,
 * the start would end with a stack trace. Nobody injects this; the runtime checks it at the start.
 */
@Unremovable
@ConfigMapping(prefix = "quarkus.datasource.reactive")
public interface DatabaseAddress {

  /** Checked by {@link DatabaseUrlCheck}. */
  String url();
}
