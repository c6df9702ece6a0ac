/** Files: their names, types and sizes, and their content in chunks. */
@NullMarked
package io.parley.files;

import org.jspecify.annotations.NullMarked;
