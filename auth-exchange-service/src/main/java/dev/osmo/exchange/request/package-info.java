/**
 * What is refused, or read strictly, whoever asks for whatever: credentials in an address, JSON
 * that says two things, more than one credential. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.exchange.request;

import org.jspecify.annotations.NullMarked;
