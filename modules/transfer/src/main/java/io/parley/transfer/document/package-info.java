/** Reads an import document part by part while its bytes arrive. */
@NullMarked
package io.parley.transfer.document;

import org.jspecify.annotations.NullMarked;
