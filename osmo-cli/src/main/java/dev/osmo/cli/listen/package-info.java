/**
 * HTTP/1.1 as a server: addresses to listen on, bounded connections, and requests as bytes that
 * leave no doubt where they end. Opens listening sockets and connects to those of another osmo
 * process. Knows nothing of JWTs.
 */
@NullMarked
package dev.osmo.cli.listen;

import org.jspecify.annotations.NullMarked;
