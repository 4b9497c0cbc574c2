/** How long the native command line program takes from its start to its exit. */
@NullMarked
package dev.osmo.bench.cli;

import org.jspecify.annotations.NullMarked;
