/** What administrators may do with the accounts of others, and whom they invite. */
@NullMarked
package io.parley.contracts.users.administration;

import org.jspecify.annotations.NullMarked;
