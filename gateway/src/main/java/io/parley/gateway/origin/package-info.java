/** Where a request comes from and which name it was sent to, seen through proxies. */
@NullMarked
package io.parley.gateway.origin;

import org.jspecify.annotations.NullMarked;
