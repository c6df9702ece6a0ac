/** The samples and the verdict of a soak. */
@NullMarked
package io.parley.bench.soak.checks;

import org.jspecify.annotations.NullMarked;
