/** The server process: what it runs, in which order it starts and stops. */
@NullMarked
package io.parley.config.server;

import org.jspecify.annotations.NullMarked;
