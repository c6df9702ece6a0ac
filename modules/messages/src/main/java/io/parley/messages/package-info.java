/** The messages of conversations: stored, listed, searched, counted and purged. */
@NullMarked
package io.parley.messages;

import org.jspecify.annotations.NullMarked;
