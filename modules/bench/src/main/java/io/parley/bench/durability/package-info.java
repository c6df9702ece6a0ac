/** Writes of which it is known whether they were acknowledged. Knows no other package here. */
@NullMarked
package io.parley.bench.durability;

import org.jspecify.annotations.NullMarked;
