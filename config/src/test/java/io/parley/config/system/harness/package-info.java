/** Starts the packaged jar with its database, and runs its commands. */
@NullMarked
package io.parley.config.system.harness;

import org.jspecify.annotations.NullMarked;
