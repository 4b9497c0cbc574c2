/**
 * For servers that accept JWTs of osmo: verifies one against the key set, and asks osmo about it
 * where five minutes are too long. Gets the key set and calls the introspection endpoint.
 */
@NullMarked
package dev.osmo.client.verify;

import org.jspecify.annotations.NullMarked;
