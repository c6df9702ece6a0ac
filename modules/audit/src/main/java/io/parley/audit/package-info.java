/** Security events: an append-only chain, who may read it, and how long it is kept. */
@NullMarked
package io.parley.audit;

import org.jspecify.annotations.NullMarked;
