/** Notices of what has changed in each user's data, kept for ten minutes for clients that follow it. */
@NullMarked
package io.parley.changes;

import org.jspecify.annotations.NullMarked;
