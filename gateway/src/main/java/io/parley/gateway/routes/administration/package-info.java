/** The part of the REST API that only administrators may use. */
@NullMarked
package io.parley.gateway.routes.administration;

import org.jspecify.annotations.NullMarked;
