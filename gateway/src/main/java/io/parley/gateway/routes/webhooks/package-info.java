/** Webhooks of the REST API. */
@NullMarked
package io.parley.gateway.routes.webhooks;

import org.jspecify.annotations.NullMarked;
