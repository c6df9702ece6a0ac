/** Tasks: to-do items with a status, a priority and a due date, optionally linked to a conversation. */
@NullMarked
package io.parley.tasks;

import org.jspecify.annotations.NullMarked;
