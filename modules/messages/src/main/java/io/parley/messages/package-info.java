/** The messages of conversations. */
@NullMarked
package io.parley.messages;

import org.jspecify.annotations.NullMarked;
