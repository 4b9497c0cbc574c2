/**
 * The sessions of users who signed in through an identity provider. Writes {@code login_session},
 * in the caller's transaction; only a database function ends a session.
 */
@NullMarked
package dev.osmo.token.session;

import org.jspecify.annotations.NullMarked;
