/** Reads conversations in the form of ShareGPT, which many data sets have. */
@NullMarked
package io.parley.transfer.sharegpt;

import org.jspecify.annotations.NullMarked;
