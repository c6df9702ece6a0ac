/** The results as lines, tables and plots. */
@NullMarked
package io.parley.bench.report;

import org.jspecify.annotations.NullMarked;
