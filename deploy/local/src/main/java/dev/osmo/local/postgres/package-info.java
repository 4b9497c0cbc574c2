/**
 * What this room does: the stack's own PostgreSQL. Unpacks the binaries into the data folder, makes
 * the cluster, starts and stops the server, stops one that a killed launcher left, and prepares
 * roles and database. Touches {@code postgresql-*} in the data folder and, as superuser, the
 * server; it knows the schema only as far as the bootstrap script goes.
 */
@NullMarked
package dev.osmo.local.postgres;

import org.jspecify.annotations.NullMarked;
