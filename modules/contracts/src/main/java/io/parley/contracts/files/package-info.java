/** Files: what users attach, each of any bytes. */
@NullMarked
package io.parley.contracts.files;

import org.jspecify.annotations.NullMarked;
