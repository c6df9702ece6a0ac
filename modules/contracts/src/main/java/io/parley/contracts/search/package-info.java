/** Full-text search, which every module with searchable text answers. */
@NullMarked
package io.parley.contracts.search;

import org.jspecify.annotations.NullMarked;
