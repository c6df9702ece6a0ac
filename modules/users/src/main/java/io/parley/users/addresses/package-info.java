/** E-mail addresses: whether their owners read mail to them, and other ones in their place. */
@NullMarked
package io.parley.users.addresses;

import org.jspecify.annotations.NullMarked;
