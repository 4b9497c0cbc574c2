/** Tokens are looked at. Writes nothing, and no answer holds a secret. */
@NullMarked
package dev.osmo.token.pat.listing;

import org.jspecify.annotations.NullMarked;
