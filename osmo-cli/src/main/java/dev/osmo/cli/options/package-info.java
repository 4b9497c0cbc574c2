/** Options that many commands share, each written once. Touches nothing but what was typed. */
@NullMarked
package dev.osmo.cli.options;

import org.jspecify.annotations.NullMarked;
