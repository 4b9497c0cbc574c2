/**
 * The rules on what callers may request of an access token: name, description, expiry, grace, and
 * the operator's limits. Pure values: no database and no HTTP.
 */
@NullMarked
package dev.osmo.token.pat.rules;

import org.jspecify.annotations.NullMarked;
