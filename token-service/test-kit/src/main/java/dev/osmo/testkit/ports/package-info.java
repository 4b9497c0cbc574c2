/** Ports for servers that a test starts. */
@NullMarked
package dev.osmo.testkit.ports;

import org.jspecify.annotations.NullMarked;
