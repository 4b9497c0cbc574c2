/** The packaged service as a separate process: start, wait until ready, stop, read its output. */
@NullMarked
package dev.osmo.testkit.process;

import org.jspecify.annotations.NullMarked;
