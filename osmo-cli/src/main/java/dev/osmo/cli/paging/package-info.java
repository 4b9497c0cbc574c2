/**
 * Lists that the server hands out page by page, put together again. Touches the server through the
 * session only.
 */
@NullMarked
package dev.osmo.cli.paging;

import org.jspecify.annotations.NullMarked;
