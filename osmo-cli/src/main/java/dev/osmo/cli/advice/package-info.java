/**
 * What a person or a program is told when a command cannot go on: which word was mistyped, what to
 * type next. Looks at the command tree, touches no file and no network.
 */
@NullMarked
package dev.osmo.cli.advice;

import org.jspecify.annotations.NullMarked;
