/** Personal tokens over REST. */
@NullMarked
package io.parley.gateway.routes.tokens;

import org.jspecify.annotations.NullMarked;
