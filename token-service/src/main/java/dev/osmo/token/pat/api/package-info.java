/**
 * The HTTP routes of access tokens, for owners and for administrators. Each method translates and
 * delegates.
 */
@NullMarked
package dev.osmo.token.pat.api;

import org.jspecify.annotations.NullMarked;
