/** Access tokens, and the sessions that have ended before their tokens expired. */
@NullMarked
package io.parley.gateway.auth;

import org.jspecify.annotations.NullMarked;
