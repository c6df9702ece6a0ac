/** How many requests a user or an address may send, and how many may be in progress. */
@NullMarked
package io.parley.gateway.limits;

import org.jspecify.annotations.NullMarked;
