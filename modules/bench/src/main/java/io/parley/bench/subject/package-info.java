/** The packaged jar under test. */
@NullMarked
package io.parley.bench.subject;

import org.jspecify.annotations.NullMarked;
