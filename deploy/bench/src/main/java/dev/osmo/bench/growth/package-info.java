/** What an exchange costs while the number of tokens grows, and what the tables take. */
@NullMarked
package dev.osmo.bench.growth;

import org.jspecify.annotations.NullMarked;
