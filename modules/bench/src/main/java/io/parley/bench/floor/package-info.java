/** What bare HTTP and bare SQL cost. */
@NullMarked
package io.parley.bench.floor;

import org.jspecify.annotations.NullMarked;
