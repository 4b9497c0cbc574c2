/**
 * Tokens as text: {@code osmo token generate}, {@code verify} and {@code scan}. Needs no login;
 * reads the files and streams that are to be searched, writes none.
 */
@NullMarked
package dev.osmo.cli.tokentext;

import org.jspecify.annotations.NullMarked;
