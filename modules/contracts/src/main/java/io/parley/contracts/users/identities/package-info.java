/** What else than a password users sign in with: their accounts at other providers, and passkeys. */
@NullMarked
package io.parley.contracts.users.identities;

import org.jspecify.annotations.NullMarked;
