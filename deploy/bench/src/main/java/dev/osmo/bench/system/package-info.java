/** What is measured: the database with its tokens, and the server processes. */
@NullMarked
package dev.osmo.bench.system;

import org.jspecify.annotations.NullMarked;
