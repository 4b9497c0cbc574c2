/**
 * {@code osmo login} and {@code osmo logout}. Reads an access token from an option, a file,
 * standard input or the terminal, or lets a person sign in, and passes the result to the session.
 */
@NullMarked
package dev.osmo.cli.login;

import org.jspecify.annotations.NullMarked;
