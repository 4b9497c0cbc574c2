/**
 * One public address for everything. Selects the service by path and forwards the request
 * unchanged, except for the {@code X-Forwarded-*} headers. Listens on loopback. Reads no
 * credentials and no bodies.
 */
@NullMarked
package dev.osmo.local.gateway;

import org.jspecify.annotations.NullMarked;
