/** Liveness and readiness, for whoever operates the process. */
@NullMarked
package io.parley.gateway.health;

import org.jspecify.annotations.NullMarked;
