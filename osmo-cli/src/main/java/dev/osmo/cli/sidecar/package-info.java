/**
 * {@code osmo sidecar}: keeps valid JWTs in files for a program that knows nothing of osmo. It may
 * use the session, and writes through the files room only.
 */
@NullMarked
package dev.osmo.cli.sidecar;

import org.jspecify.annotations.NullMarked;
