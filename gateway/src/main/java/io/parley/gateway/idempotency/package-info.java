/** Requests with an Idempotency-Key: done once, answered alike each time. */
@NullMarked
package io.parley.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
