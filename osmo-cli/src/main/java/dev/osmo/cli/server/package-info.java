/**
 * One HTTP request and its answer: addresses, paths, bounded bodies, time limits, and what a
 * problem document means to the shell. Touches the network and nothing else; knows bearer texts
 * only as headers to send.
 */
@NullMarked
package dev.osmo.cli.server;

import org.jspecify.annotations.NullMarked;
