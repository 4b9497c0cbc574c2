/** What the removal of a role costs the administrator, the database and the exchange meanwhile. */
@NullMarked
package dev.osmo.bench.removal;

import org.jspecify.annotations.NullMarked;
