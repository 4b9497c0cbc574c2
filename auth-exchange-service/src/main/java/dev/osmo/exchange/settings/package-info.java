/**
 * The settings of this service and their validation, and the shared HTTP edge that is configured
 * with them. Every package may read the settings.
 */
@NullMarked
package dev.osmo.exchange.settings;

import org.jspecify.annotations.NullMarked;
