/** The values that lists are sorted by, and stretches of sorted rows that become a page. */
@NullMarked
package io.parley.storage.sorted;

import org.jspecify.annotations.NullMarked;
