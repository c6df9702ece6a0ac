/** Bounds pages of rows in bytes, in the database and in memory; for the lists of {@code io.parley.storage} alone. */
@NullMarked
package io.parley.storage.pages;

import org.jspecify.annotations.NullMarked;
