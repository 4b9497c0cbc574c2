/**
 * Timeouts for slow clients: until the first response byte, and until the request body is complete.
 * Netty loads the initializer through {@code META-INF/services}. Touches no table and no file.
 */
@NullMarked
package dev.osmo.http.timeout;

import org.jspecify.annotations.NullMarked;
