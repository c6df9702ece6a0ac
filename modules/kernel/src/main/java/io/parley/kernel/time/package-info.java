/** Days, times and durations as people write them. */
@NullMarked
package io.parley.kernel.time;

import org.jspecify.annotations.NullMarked;
