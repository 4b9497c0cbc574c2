/** The settings of this service and their checks. Every room may read them. */
@NullMarked
package dev.osmo.exchange.settings;

import org.jspecify.annotations.NullMarked;
