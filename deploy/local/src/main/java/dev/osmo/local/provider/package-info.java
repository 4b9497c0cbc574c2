/**
 * The identity provider of the local stack: people sign in by choosing a name. Writes the file with
 * which both services trust it.
 */
@NullMarked
package dev.osmo.local.provider;

import org.jspecify.annotations.NullMarked;
