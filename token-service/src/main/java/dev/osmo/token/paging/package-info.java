/**
 * Long lists in pieces: how many, from where, and the link to what follows. A cursor names the last
 * row that was shown, so no row is shown twice or left out while others come and go.
 */
@NullMarked
package dev.osmo.token.paging;

import org.jspecify.annotations.NullMarked;
