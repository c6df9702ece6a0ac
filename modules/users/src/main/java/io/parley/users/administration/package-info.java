/** What administrators and the operator do with accounts. */
@NullMarked
package io.parley.users.administration;

import org.jspecify.annotations.NullMarked;
