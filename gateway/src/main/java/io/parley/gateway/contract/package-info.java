/** openapi.yaml: operations, parameters, body schemas and the dispatcher. */
@NullMarked
package io.parley.gateway.contract;

import org.jspecify.annotations.NullMarked;
