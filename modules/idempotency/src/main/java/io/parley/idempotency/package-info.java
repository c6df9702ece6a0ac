/** Idempotency keys: requests that are done once however often they are sent. */
@NullMarked
package io.parley.idempotency;

import org.jspecify.annotations.NullMarked;
