/**
 * An OpenID provider for development and tests: discovery, key set, authorization code with PKCE,
 * device flow, refresh with rotation, revocation. A person signs in by choosing a name, so it
 * listens on loopback only and no service contains it. All state is in memory.
 */
@NullMarked
package dev.osmo.devprovider;

import org.jspecify.annotations.NullMarked;
