/** The load: test data, requests and two load generators. */
@NullMarked
package io.parley.bench.load;

import org.jspecify.annotations.NullMarked;
