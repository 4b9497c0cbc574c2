/** Lists and views of access tokens. Writes nothing; no response contains a secret. */
@NullMarked
package dev.osmo.token.pat.listing;

import org.jspecify.annotations.NullMarked;
