/** The security provider that signs and verifies. */
@NullMarked
package dev.osmo.http.crypto;

import org.jspecify.annotations.NullMarked;
