/** Conversations in the one form that every format of an export is converted to. */
@NullMarked
package io.parley.transfer.sources;

import org.jspecify.annotations.NullMarked;
