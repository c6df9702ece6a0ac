/** What the users module answers. */
@NullMarked
package io.parley.contracts.users;

import org.jspecify.annotations.NullMarked;
