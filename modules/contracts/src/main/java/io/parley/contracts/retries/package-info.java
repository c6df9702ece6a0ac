/** What the retries module answers. */
@NullMarked
package io.parley.contracts.retries;

import org.jspecify.annotations.NullMarked;
