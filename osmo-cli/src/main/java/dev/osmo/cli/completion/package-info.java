/**
 * {@code osmo completion}: what a shell may offer next. Walks the command tree; asks the session
 * for names of contexts and tokens, and stays silent about whatever fails.
 */
@NullMarked
package dev.osmo.cli.completion;

import org.jspecify.annotations.NullMarked;
