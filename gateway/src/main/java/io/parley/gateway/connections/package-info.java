/** The deadlines of connections, and which requests an HTTP/2 connection has in progress. Knows nothing else of the gateway. */
@NullMarked
package io.parley.gateway.connections;

import org.jspecify.annotations.NullMarked;
