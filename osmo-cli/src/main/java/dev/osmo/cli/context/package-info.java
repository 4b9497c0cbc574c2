/**
 * {@code osmo context …}: several servers and identities side by side. Touches the credential file
 * through {@code session.store} only.
 */
@NullMarked
package dev.osmo.cli.context;

import org.jspecify.annotations.NullMarked;
