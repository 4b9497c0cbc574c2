/**
 * The issuers of tokens that both services trust, the files that name them, and the verification of
 * their tokens: workloads' and, at sign-in, users'. Reads the files at the start, and the issuers'
 * discovery documents and key sets when a token is verified. Uses no table and no key of ours.
 */
@NullMarked
package dev.osmo.http.issuer;

import org.jspecify.annotations.NullMarked;
