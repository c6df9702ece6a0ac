/** HTTP itself: request checks, bodies, answers, errors and deadlines. */
@NullMarked
package io.parley.gateway.http;

import org.jspecify.annotations.NullMarked;
