/** Administration of accounts. */
@NullMarked
package io.parley.users.administration;

import org.jspecify.annotations.NullMarked;
