/** Reads the chats that Open WebUI exports. */
@NullMarked
package io.parley.transfer.openwebui;

import org.jspecify.annotations.NullMarked;
