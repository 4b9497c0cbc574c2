/** The trail is searched, by administrators. Reads {@code audit_event} and writes nothing. */
@NullMarked
package dev.osmo.token.audit.search;

import org.jspecify.annotations.NullMarked;
