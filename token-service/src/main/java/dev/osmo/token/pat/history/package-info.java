/**
 * What happened to one access token, and why it is refused. Reads {@code removed_role}, {@code
 * last_changes(…)}, the rows of the token and its owner, and the audit trail; changes nothing.
 */
@NullMarked
package dev.osmo.token.pat.history;

import org.jspecify.annotations.NullMarked;
