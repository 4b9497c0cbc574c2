/**
 * {@code osmo login} and {@code osmo logout}. Reads a pasted token from an option, a file or the
 * standard input and hands it to the session rooms at once.
 */
@NullMarked
package dev.osmo.cli.login;

import org.jspecify.annotations.NullMarked;
