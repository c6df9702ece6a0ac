/** Liveness and readiness. */
@NullMarked
package io.parley.gateway.health;

import org.jspecify.annotations.NullMarked;
