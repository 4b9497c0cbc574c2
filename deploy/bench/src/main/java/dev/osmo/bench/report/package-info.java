/** The results: a table for people, JSON for programs. */
@NullMarked
package dev.osmo.bench.report;

import org.jspecify.annotations.NullMarked;
