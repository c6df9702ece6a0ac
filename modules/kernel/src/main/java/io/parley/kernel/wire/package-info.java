/** Codecs: how records and problems travel between nodes. */
@NullMarked
package io.parley.kernel.wire;

import org.jspecify.annotations.NullMarked;
