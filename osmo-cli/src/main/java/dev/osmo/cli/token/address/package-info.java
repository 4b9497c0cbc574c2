/** How a token is named, in what is typed and in the paths of the server. Touches nothing. */
@NullMarked
package dev.osmo.cli.token.address;

import org.jspecify.annotations.NullMarked;
