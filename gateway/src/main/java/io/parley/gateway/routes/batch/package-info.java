/** Several changes in one request. */
@NullMarked
package io.parley.gateway.routes.batch;

import org.jspecify.annotations.NullMarked;
