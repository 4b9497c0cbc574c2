/**
 * What a presented text must look like, and the keyed digest by which it is found. Reads the pepper
 * file, and of access_token_secret which peppers are needed.
 */
@NullMarked
package dev.osmo.exchange.pat.secret;

import org.jspecify.annotations.NullMarked;
