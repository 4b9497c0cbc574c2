/**
 * What the exchange of a token is on the wire: the form of the request, the life of the JWT that
 * comes back, and one request with limits. Needs the JDK only, because the command line shares it.
 */
@NullMarked
package dev.osmo.client.wire;

import org.jspecify.annotations.NullMarked;
