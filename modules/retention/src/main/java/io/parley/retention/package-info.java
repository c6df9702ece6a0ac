/** Permanently deletes what is kept only for a limited time, such as the trash. */
@NullMarked
package io.parley.retention;

import org.jspecify.annotations.NullMarked;
