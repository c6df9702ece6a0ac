/** Liveness and readiness, for operators. */
@NullMarked
package io.parley.gateway.health;

import org.jspecify.annotations.NullMarked;
