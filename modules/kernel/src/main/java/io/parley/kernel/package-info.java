/** The vocabulary that all modules share: the bus and its addresses, problems, pages, identifiers and retries. */
@NullMarked
package io.parley.kernel;

import org.jspecify.annotations.NullMarked;
