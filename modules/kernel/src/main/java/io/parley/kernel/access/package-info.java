/** What a credential permits. */
@NullMarked
package io.parley.kernel.access;

import org.jspecify.annotations.NullMarked;
