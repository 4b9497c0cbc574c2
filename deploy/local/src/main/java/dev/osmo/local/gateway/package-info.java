/**
 * What this room does: one public address for everything. Decides by path which service a request
 * belongs to and forwards it unchanged but for the {@code X-Forwarded-*} headers. Listens on
 * loopback; reads no credential and no body.
 */
@NullMarked
package dev.osmo.local.gateway;

import org.jspecify.annotations.NullMarked;
