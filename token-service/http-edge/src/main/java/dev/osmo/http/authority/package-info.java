/**
 * The certificate authorities that one service trusts for its connections to the other. Reads their
 * file at start. It sees public certificates and no key.
 */
@NullMarked
package dev.osmo.http.authority;

import org.jspecify.annotations.NullMarked;
