/**
 * The issuers of tokens that both services trust, and the files that name them: the issuers of
 * workload tokens and the identity providers of people. Reads these files at the start. Uses no
 * keys and no network.
 */
@NullMarked
package dev.osmo.http.issuer;

import org.jspecify.annotations.NullMarked;
