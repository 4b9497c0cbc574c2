/**
 * The web page for one's own tokens, as files. Decides nothing and reads no table: the script in
 * the browser uses the REST API like any other client.
 */
@NullMarked
package dev.osmo.token.web;

import org.jspecify.annotations.NullMarked;
