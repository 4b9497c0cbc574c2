/**
 * The sessions of users who signed in through an identity provider: started and renewed for {@code
 * signin}, viewed and ended by their users and by administrators. Writes {@code login_session};
 * only a database function ends a session.
 */
@NullMarked
package dev.osmo.token.session;

import org.jspecify.annotations.NullMarked;
