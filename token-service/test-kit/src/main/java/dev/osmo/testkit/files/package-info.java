/** Searches files for a text that must not be in them. */
@NullMarked
package dev.osmo.testkit.files;

import org.jspecify.annotations.NullMarked;
