/** The least that an exchange needs: one HTTP request, one indexed read, one signature. */
@NullMarked
package dev.osmo.bench.ceiling;

import org.jspecify.annotations.NullMarked;
