/**
 * Finds tokens in text: {@code osmo token generate}, {@code verify} and {@code scan}. Needs no
 * login. Reads the files and streams that the user names; writes no files.
 */
@NullMarked
package dev.osmo.cli.scan;

import org.jspecify.annotations.NullMarked;
