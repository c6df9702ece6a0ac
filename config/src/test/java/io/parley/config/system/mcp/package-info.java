/** The streams of the door for the Model Context Protocol, against the packaged jar. */
@NullMarked
package io.parley.config.system.mcp;

import org.jspecify.annotations.NullMarked;
