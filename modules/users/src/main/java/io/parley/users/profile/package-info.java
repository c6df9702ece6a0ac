/** Accounts: the table users as its owners see and change it. Knows no other package of this module. */
@NullMarked
package io.parley.users.profile;

import org.jspecify.annotations.NullMarked;
