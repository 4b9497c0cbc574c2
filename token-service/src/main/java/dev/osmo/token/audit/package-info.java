/**
 * Who changed what. Appends to {@code audit_event} inside the transaction of the change: without
 * its row a change does not happen.
 */
@NullMarked
package dev.osmo.token.audit;

import org.jspecify.annotations.NullMarked;
