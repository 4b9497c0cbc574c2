/**
 * HTTP rules that hold for every route: credentials in a URL, strict JSON, and deadlines for slow
 * clients. Touches no table and no file.
 */
@NullMarked
package dev.osmo.exchange.http;

import org.jspecify.annotations.NullMarked;
