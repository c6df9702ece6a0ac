/** What the changes module answers. */
@NullMarked
package io.parley.contracts.changes;

import org.jspecify.annotations.NullMarked;
