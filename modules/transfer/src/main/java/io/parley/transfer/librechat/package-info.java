/** Reads the conversations that LibreChat exports. */
@NullMarked
package io.parley.transfer.librechat;

import org.jspecify.annotations.NullMarked;
