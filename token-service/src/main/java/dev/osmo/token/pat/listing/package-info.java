/** Lists and views of access tokens. Writes nothing; no answer holds a secret. */
@NullMarked
package dev.osmo.token.pat.listing;

import org.jspecify.annotations.NullMarked;
