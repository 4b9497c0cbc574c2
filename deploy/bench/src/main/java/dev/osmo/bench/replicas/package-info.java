/** What further replicas of the exchange add, behind a front and on one PostgreSQL. */
@NullMarked
package dev.osmo.bench.replicas;

import org.jspecify.annotations.NullMarked;
