/** Processor time of processes and of the whole machine, from /proc. */
@NullMarked
package dev.osmo.bench.cpu;

import org.jspecify.annotations.NullMarked;
