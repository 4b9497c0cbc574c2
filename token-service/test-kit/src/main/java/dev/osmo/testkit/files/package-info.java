/** Searches files for text that they must not contain. */
@NullMarked
package dev.osmo.testkit.files;

import org.jspecify.annotations.NullMarked;
