/** How often something may happen, and whom that is counted for. */
@NullMarked
package io.parley.kernel.limits;

import org.jspecify.annotations.NullMarked;
