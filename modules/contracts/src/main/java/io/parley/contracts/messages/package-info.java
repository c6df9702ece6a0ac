/** What the messages module answers. */
@NullMarked
package io.parley.contracts.messages;

import org.jspecify.annotations.NullMarked;
