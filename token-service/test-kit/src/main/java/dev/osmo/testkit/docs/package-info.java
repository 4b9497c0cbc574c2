/** Checks that the documentation matches the code. */
@NullMarked
package dev.osmo.testkit.docs;

import org.jspecify.annotations.NullMarked;
