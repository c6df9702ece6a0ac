/** The users of a soak: what they do, and what was acknowledged to them. */
@NullMarked
package io.parley.bench.soak.traffic;

import org.jspecify.annotations.NullMarked;
