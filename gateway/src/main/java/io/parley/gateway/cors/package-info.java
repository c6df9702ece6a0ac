/** Which pages of other origins may use the server from a browser. */
@NullMarked
package io.parley.gateway.cors;

import org.jspecify.annotations.NullMarked;
