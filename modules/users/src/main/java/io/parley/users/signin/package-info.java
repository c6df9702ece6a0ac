/** Passwords: hashing and rules. */
@NullMarked
package io.parley.users.signin;

import org.jspecify.annotations.NullMarked;
