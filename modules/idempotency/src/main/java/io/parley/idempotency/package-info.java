/** Idempotency keys: a request is carried out once, however often it is sent. */
@NullMarked
package io.parley.idempotency;

import org.jspecify.annotations.NullMarked;
