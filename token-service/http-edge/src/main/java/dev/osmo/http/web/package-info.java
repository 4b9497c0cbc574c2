/**
 * HTTP rules of every route: response headers, body size limit, strict JSON, no tokens in URLs, and
 * bearer credentials. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.http.web;

import org.jspecify.annotations.NullMarked;
