/** Accounts: registration, profile and deletion. */
@NullMarked
package io.parley.users.profile;

import org.jspecify.annotations.NullMarked;
