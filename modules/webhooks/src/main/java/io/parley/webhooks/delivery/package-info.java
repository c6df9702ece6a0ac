/** From what waits to be delivered to the request that delivers it. */
@NullMarked
package io.parley.webhooks.delivery;

import org.jspecify.annotations.NullMarked;
