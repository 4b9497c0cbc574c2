/**
 * Notices to webhooks before access tokens expire, signed as Standard Webhooks describes. The
 * database decides which are due and which replica sends one; this package has no right to read or
 * write the notices except through three functions. Connects to the webhooks of the operator's
 * file, and reads their secrets at startup.
 */
@NullMarked
package dev.osmo.token.notice;

import org.jspecify.annotations.NullMarked;
