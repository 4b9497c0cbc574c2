/**
 * The catalogue of what can go wrong and the one place where it becomes an HTTP answer: precise
 * inside, bland outside. Also gives each request its id. Touches no table, file or network.
 */
@NullMarked
package dev.osmo.exchange.problem;

import org.jspecify.annotations.NullMarked;
