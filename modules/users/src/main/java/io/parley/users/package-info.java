/** Accounts, sessions, passwords and provider keys. */
@NullMarked
package io.parley.users;

import org.jspecify.annotations.NullMarked;
