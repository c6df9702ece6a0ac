/** openapi.yaml at run time: operations, their parameters and bodies, and the dispatcher that calls their handlers. */
@NullMarked
package io.parley.gateway.contract;

import org.jspecify.annotations.NullMarked;
