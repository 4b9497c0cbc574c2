/**
 * The output of commands: results as JSON, lines and tables, messages, exit codes, and the
 * exception that carries a failure to the entry point. Also the options that choose the format.
 * Touches only the standard streams of the process.
 */
@NullMarked
package dev.osmo.cli.output;

import org.jspecify.annotations.NullMarked;
