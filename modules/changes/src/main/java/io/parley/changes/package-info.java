/** What changes in each user's data, kept for a while for those who follow it. */
@NullMarked
package io.parley.changes;

import org.jspecify.annotations.NullMarked;
