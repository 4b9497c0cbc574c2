/**
 * JWTs that are renewed in time, for whoever needs a valid one at any moment: files, programs that
 * ask, and requests that pass through. Uses the session; touches nothing else itself.
 */
@NullMarked
package dev.osmo.cli.renewal;

import org.jspecify.annotations.NullMarked;
