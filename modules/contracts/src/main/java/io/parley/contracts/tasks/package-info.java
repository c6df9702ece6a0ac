/** What the tasks module answers. */
@NullMarked
package io.parley.contracts.tasks;

import org.jspecify.annotations.NullMarked;
