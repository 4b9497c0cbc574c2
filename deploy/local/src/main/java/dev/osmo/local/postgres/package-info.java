/**
 * The PostgreSQL of the stack. Unpacks the binaries into the data folder, creates the cluster,
 * starts and stops the server, stops a server that a killed launcher left running, and prepares the
 * login roles and the database. Touches {@code postgresql-*} in the data folder and, as superuser,
 * the server. Depends on no schema object except those of the bootstrap script.
 */
@NullMarked
package dev.osmo.local.postgres;

import org.jspecify.annotations.NullMarked;
