/**
 * The addresses of tokens: the owner's own and those for administrators. Translates and delegates.
 */
@NullMarked
package dev.osmo.token.pat.routes;

import org.jspecify.annotations.NullMarked;
