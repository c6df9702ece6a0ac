/** Summaries of the beginnings of long conversations: how they are made, stored, and found valid. */
@NullMarked
package io.parley.assistant.summaries;

import org.jspecify.annotations.NullMarked;
