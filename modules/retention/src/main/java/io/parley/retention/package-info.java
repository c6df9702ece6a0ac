/** Purges the trash and whatever else is kept for a limited time. */
@NullMarked
package io.parley.retention;

import org.jspecify.annotations.NullMarked;
