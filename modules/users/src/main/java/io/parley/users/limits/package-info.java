/** How often passwords may be wrong and accounts be made, counted over all nodes. */
@NullMarked
package io.parley.users.limits;

import org.jspecify.annotations.NullMarked;
