/** Limits how much a user may store. */
@NullMarked
package io.parley.storage.quota;

import org.jspecify.annotations.NullMarked;
