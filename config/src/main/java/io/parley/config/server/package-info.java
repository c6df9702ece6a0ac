/** The server process: what it starts, in which order, and how it stops. */
@NullMarked
package io.parley.config.server;

import org.jspecify.annotations.NullMarked;
