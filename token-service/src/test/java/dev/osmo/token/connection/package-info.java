/** Tests of the connections to PostgreSQL: full, lost and abandoned ones. */
@NullMarked
package dev.osmo.token.connection;

import org.jspecify.annotations.NullMarked;
