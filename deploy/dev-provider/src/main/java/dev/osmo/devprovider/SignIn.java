package dev.osmo.devprovider;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A person has signed in for a client. All tokens of it are revoked together. */
record SignIn(
    String user, ClientID client, Scope scope, @Nullable Nonce nonce, Instant at, Family family) {

  /** The nonce belongs to the first ID token only (OpenID Connect Core 1.0, section 12.2). */
  SignIn refreshed() {
    return new SignIn(user, client, scope, null, at, family);
  }
}
