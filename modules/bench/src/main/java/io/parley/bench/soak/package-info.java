/** Hours of mixed traffic against several nodes that are restarted meanwhile. */
@NullMarked
package io.parley.bench.soak;

import org.jspecify.annotations.NullMarked;
