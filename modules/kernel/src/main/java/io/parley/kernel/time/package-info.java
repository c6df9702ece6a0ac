/** Days beside times. */
@NullMarked
package io.parley.kernel.time;

import org.jspecify.annotations.NullMarked;
