/**
 * The configuration, read once at startup. Invalid configuration stops the start with a message.
 */
@NullMarked
package dev.osmo.token.settings;

import org.jspecify.annotations.NullMarked;
