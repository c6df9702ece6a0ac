/** HTTP itself: what a valid request is, deadlines, bodies in and out, and errors. Knows no operation and no user. */
@NullMarked
package io.parley.gateway.http;

import org.jspecify.annotations.NullMarked;
