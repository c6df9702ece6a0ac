/** The nodes under test: their processes, their restarts and what they use of the machine. */
@NullMarked
package io.parley.bench.soak.nodes;

import org.jspecify.annotations.NullMarked;
