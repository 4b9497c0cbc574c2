/**
 * HTTP rules that hold for every route: headers of every answer, the limit on bodies, strict JSON,
 * no token in a URL, and the bearer credential. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.http.web;

import org.jspecify.annotations.NullMarked;
