/** Accounts: what users see and change of their own account. Knows no other package of this module. */
@NullMarked
package io.parley.users.profile;

import org.jspecify.annotations.NullMarked;
