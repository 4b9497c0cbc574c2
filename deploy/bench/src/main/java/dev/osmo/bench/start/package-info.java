/** How long the services need from their start until they are ready. */
@NullMarked
package dev.osmo.bench.start;

import org.jspecify.annotations.NullMarked;
