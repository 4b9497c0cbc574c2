/**
 * What a person or a script sees: lines, tables, JSON, exit codes, and the one exception that
 * carries a refusal to the entry point. Touches the process's three standard streams and nothing
 * else.
 */
@NullMarked
package dev.osmo.cli.output;

import org.jspecify.annotations.NullMarked;
