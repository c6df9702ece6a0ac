/** Reads the conversations of a Claude data export. */
@NullMarked
package io.parley.transfer.claude;

import org.jspecify.annotations.NullMarked;
