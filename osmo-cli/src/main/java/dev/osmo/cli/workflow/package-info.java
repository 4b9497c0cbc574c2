/**
 * {@code osmo workflow …}: lists and submits workflows through OSMO's workflow API. Reads the
 * workflow file; touches the server through the session only.
 */
@NullMarked
package dev.osmo.cli.workflow;

import org.jspecify.annotations.NullMarked;
