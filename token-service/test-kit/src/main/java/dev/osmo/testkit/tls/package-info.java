/**
 * A certificate authority and a TLS server for tests. Starts keytool, writes below {@code target}
 * and listens on 127.0.0.1.
 */
@NullMarked
package dev.osmo.testkit.tls;

import org.jspecify.annotations.NullMarked;
