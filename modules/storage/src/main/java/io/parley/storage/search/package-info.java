/** Full-text search over PostgreSQL: query text, ranking and snippets. */
@NullMarked
package io.parley.storage.search;

import org.jspecify.annotations.NullMarked;
