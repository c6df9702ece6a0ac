/** Writes rows whose texts may be sealed, and the table of the keys that seal them. */
@NullMarked
package io.parley.storage.sealing;

import org.jspecify.annotations.NullMarked;
