/** Dates and times as people write them in English. Knows no other package of this module. */
@NullMarked
package io.parley.assistant.dates;

import org.jspecify.annotations.NullMarked;
