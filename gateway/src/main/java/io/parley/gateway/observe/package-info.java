/** What operators see of requests: metrics, the span of a request, the access log. */
@NullMarked
package io.parley.gateway.observe;

import org.jspecify.annotations.NullMarked;
