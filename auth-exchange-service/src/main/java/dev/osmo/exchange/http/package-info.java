/**
 * Gives the shared HTTP edge this service's settings: public address and deadlines for slow
 * clients. Touches no table and no file.
 */
@NullMarked
package dev.osmo.exchange.http;

import org.jspecify.annotations.NullMarked;
