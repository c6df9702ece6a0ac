/** The handlers of the REST API, one class per resource. */
@NullMarked
package io.parley.gateway.routes;

import org.jspecify.annotations.NullMarked;
