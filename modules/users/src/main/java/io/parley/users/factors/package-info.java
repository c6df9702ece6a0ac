/** Second factors: TOTP and recovery codes, and logins that wait for them. */
@NullMarked
package io.parley.users.factors;

import org.jspecify.annotations.NullMarked;
