/** Load generators. */
@NullMarked
package io.parley.bench.load;

import org.jspecify.annotations.NullMarked;
