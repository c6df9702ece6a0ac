/** Tokens in links that let somebody into an account, or change it, without a password. */
@NullMarked
package io.parley.users.links;

import org.jspecify.annotations.NullMarked;
