/**
 * Records in the audit trail that a known caller was refused (status 403). The database function
 * {@code record_denial} limits the rows of each caller.
 */
@NullMarked
package dev.osmo.token.denial;

import org.jspecify.annotations.NullMarked;
