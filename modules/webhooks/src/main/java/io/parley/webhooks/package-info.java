/** Calls the addresses that users have named when something of theirs changes. */
@NullMarked
package io.parley.webhooks;

import org.jspecify.annotations.NullMarked;
