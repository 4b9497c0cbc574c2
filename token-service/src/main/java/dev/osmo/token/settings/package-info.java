/**
 * The settings of this service, read once at startup, and the shared HTTP edge that is configured
 * with them. Startup fails with a message if the configuration is invalid.
 */
@NullMarked
package dev.osmo.token.settings;

import org.jspecify.annotations.NullMarked;
