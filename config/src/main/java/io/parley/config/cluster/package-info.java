/** Joins this process to the other nodes of a cluster. */
@NullMarked
package io.parley.config.cluster;

import org.jspecify.annotations.NullMarked;
