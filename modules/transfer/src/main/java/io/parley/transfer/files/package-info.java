/** The content of files, piece by piece on its way to the module that stores it and back. */
@NullMarked
package io.parley.transfer.files;

import org.jspecify.annotations.NullMarked;
