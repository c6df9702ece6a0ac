/** What limits are about, as far as it concerns several modules or nodes. */
@NullMarked
package io.parley.contracts.limits;

import org.jspecify.annotations.NullMarked;
