/**
 * {@code osmo token …}: personal access tokens, for their owners and administrators, and reports of
 * leaked tokens. Touches the server through the session, the file that {@code rotate --token-file}
 * names, and the files of a scan report.
 */
@NullMarked
package dev.osmo.cli.token;

import org.jspecify.annotations.NullMarked;
