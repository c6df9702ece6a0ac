/** What the assistant module answers. */
@NullMarked
package io.parley.contracts.assistant;

import org.jspecify.annotations.NullMarked;
