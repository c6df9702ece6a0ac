/** What people sign in with beside a password. */
@NullMarked
package io.parley.testing.signin;

import org.jspecify.annotations.NullMarked;
