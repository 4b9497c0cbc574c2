/**
 * HTTP test client for requests sent byte by byte, and recorded responses. Opens sockets to
 * loopback.
 */
@NullMarked
package dev.osmo.testkit.http;

import org.jspecify.annotations.NullMarked;
