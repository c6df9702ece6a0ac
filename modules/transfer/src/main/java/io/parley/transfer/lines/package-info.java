/** The lines of an export as records, and how a line from elsewhere is fitted to them. */
@NullMarked
package io.parley.transfer.lines;

import org.jspecify.annotations.NullMarked;
