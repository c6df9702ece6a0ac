/** Hashes, and keys that are derived from another one, each for one purpose. */
@NullMarked
package io.parley.kernel.crypto;

import org.jspecify.annotations.NullMarked;
