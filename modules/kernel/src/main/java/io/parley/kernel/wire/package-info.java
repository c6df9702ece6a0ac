/** Codecs that encode records and problems for other nodes; they know nothing of the bus. */
@NullMarked
package io.parley.kernel.wire;

import org.jspecify.annotations.NullMarked;
