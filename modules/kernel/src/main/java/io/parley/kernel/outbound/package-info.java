/** Requests to addresses that somebody else has chosen, and which addresses those may be. */
@NullMarked
package io.parley.kernel.outbound;

import org.jspecify.annotations.NullMarked;
