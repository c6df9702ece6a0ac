/** Serves, which is what the program does without a command. */
@NullMarked
package io.parley.config.serve;

import org.jspecify.annotations.NullMarked;
