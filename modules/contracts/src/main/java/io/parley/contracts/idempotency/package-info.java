/** What the idempotency module answers. */
@NullMarked
package io.parley.contracts.idempotency;

import org.jspecify.annotations.NullMarked;
