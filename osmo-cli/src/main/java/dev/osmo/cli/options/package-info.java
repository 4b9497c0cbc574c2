/** Options and option values that several commands share. Touches nothing. */
@NullMarked
package dev.osmo.cli.options;

import org.jspecify.annotations.NullMarked;
