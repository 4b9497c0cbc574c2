/**
 * Deletes rows that were kept as long as the settings say. Each kind of row has a database function
 * that deletes one batch and keeps a minimum, because this service has no other right to delete
 * these rows. Replicas share the work: each skips the rows that another one has locked.
 */
@NullMarked
package dev.osmo.token.purge;

import org.jspecify.annotations.NullMarked;
