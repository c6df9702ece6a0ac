/** What dates and times in a sentence are made of: words, numbers, days, times of day, and the moment they are read at. */
@NullMarked
package io.parley.assistant.dates.parts;

import org.jspecify.annotations.NullMarked;
