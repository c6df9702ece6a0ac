/** Access tokens and the sessions that have ended. */
@NullMarked
package io.parley.gateway.auth;

import org.jspecify.annotations.NullMarked;
