/** The benchmark's commands: each starts the packaged jar and measures it from outside. */
@NullMarked
package io.parley.bench;

import org.jspecify.annotations.NullMarked;
