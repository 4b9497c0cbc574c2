/** Sign-in of people through identity providers. Reads the file of providers at the start. */
@NullMarked
package dev.osmo.exchange.signin;

import org.jspecify.annotations.NullMarked;
