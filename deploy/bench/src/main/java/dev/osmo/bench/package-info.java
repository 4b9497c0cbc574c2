/** The command that measures the services. */
@NullMarked
package dev.osmo.bench;

import org.jspecify.annotations.NullMarked;
