/** Requests with an Idempotency-Key: executed once, answered in the same way each time. */
@NullMarked
package io.parley.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
