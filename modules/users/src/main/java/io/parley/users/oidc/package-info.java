/** Signing in with an account at another provider (OpenID Connect), and the identities that users link. */
@NullMarked
package io.parley.users.oidc;

import org.jspecify.annotations.NullMarked;
