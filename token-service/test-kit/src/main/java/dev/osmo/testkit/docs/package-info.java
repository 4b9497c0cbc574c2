/** Checks that the documentation says what the code says. */
@NullMarked
package dev.osmo.testkit.docs;

import org.jspecify.annotations.NullMarked;
