/** Search of the audit trail, for administrators. Reads {@code audit_event}; writes nothing. */
@NullMarked
package dev.osmo.token.audit.search;

import org.jspecify.annotations.NullMarked;
