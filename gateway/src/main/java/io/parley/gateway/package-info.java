/** All HTTP and nothing else: what a process deploys to serve the API. */
@NullMarked
package io.parley.gateway;

import org.jspecify.annotations.NullMarked;
