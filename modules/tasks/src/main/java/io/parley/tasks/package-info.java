/** Things to do. */
@NullMarked
package io.parley.tasks;

import org.jspecify.annotations.NullMarked;
