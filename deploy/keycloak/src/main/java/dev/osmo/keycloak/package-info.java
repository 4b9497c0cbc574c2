/**
 * Keycloak, which nobody here wrote: where the build unpacks it, and the command that starts it. It
 * is a peer of the benchmark and the identity provider of a test. No service contains it.
 */
@NullMarked
package dev.osmo.keycloak;

import org.jspecify.annotations.NullMarked;
