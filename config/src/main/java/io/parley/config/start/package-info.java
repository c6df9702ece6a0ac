/** Starts the server with an archive of its classes, so that it is ready sooner. */
@NullMarked
package io.parley.config.start;

import org.jspecify.annotations.NullMarked;
