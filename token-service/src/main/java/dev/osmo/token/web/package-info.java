/**
 * What holds for every request and answer, whatever the route: the request id, the headers that
 * browsers obey, and that a token's text stands only where it belongs. No database.
 */
@NullMarked
package dev.osmo.token.web;

import org.jspecify.annotations.NullMarked;
