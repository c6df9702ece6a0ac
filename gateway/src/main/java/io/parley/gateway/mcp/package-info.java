/** The door for models of other programs: the Model Context Protocol over HTTP, at {@code /mcp}. */
@NullMarked
package io.parley.gateway.mcp;

import org.jspecify.annotations.NullMarked;
