/** Asynchronous loops and retries. */
@NullMarked
package io.parley.kernel.async;

import org.jspecify.annotations.NullMarked;
