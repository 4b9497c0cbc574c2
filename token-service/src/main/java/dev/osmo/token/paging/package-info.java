/**
 * Cursor pagination: limit, cursor, and the link to the next page. A cursor names the last row that
 * was returned, so concurrent inserts and deletes neither repeat nor hide other rows.
 */
@NullMarked
package dev.osmo.token.paging;

import org.jspecify.annotations.NullMarked;
