/** Reads the conversations of a ChatGPT data export. */
@NullMarked
package io.parley.transfer.chatgpt;

import org.jspecify.annotations.NullMarked;
