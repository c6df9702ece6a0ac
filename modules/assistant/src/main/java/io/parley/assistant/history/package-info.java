/** What a model is sent of a conversation: the part that fits, in a form that every provider accepts. */
@NullMarked
package io.parley.assistant.history;

import org.jspecify.annotations.NullMarked;
