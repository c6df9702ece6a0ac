/** Requests that come again under their key: done once, answered alike. */
@NullMarked
package io.parley.retries;

import org.jspecify.annotations.NullMarked;
