/**
 * The issuers of workload tokens that both services trust, and the file that names them. Reads that
 * file at the start. Uses no keys and no network.
 */
@NullMarked
package dev.osmo.http.issuer;

import org.jspecify.annotations.NullMarked;
