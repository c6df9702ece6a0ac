/** Full-text search: what every module that searches answers. */
@NullMarked
package io.parley.contracts.search;

import org.jspecify.annotations.NullMarked;
