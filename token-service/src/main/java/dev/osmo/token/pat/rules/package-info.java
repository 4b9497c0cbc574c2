/**
 * What a caller may ask of an access token: name, description, expiry, grace, and the limits that
 * the operator sets. Pure values: no database and no HTTP.
 */
@NullMarked
package dev.osmo.token.pat.rules;

import org.jspecify.annotations.NullMarked;
