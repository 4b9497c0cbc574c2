/**
 * The audit trail of changes. Appends to {@code audit_event} in the transaction of the change: if
 * the row cannot be written, the change is rolled back.
 */
@NullMarked
package dev.osmo.token.audit;

import org.jspecify.annotations.NullMarked;
