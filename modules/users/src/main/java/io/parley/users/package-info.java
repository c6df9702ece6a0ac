/** Accounts, sessions and passwords. */
@NullMarked
package io.parley.users;

import org.jspecify.annotations.NullMarked;
