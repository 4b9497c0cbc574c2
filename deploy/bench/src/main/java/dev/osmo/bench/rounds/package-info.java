/** Rounds of a closed loop: the rate, the latency, and the processor time of each program. */
@NullMarked
package dev.osmo.bench.rounds;

import org.jspecify.annotations.NullMarked;
