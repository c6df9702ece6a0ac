/** Joining a cluster. */
@NullMarked
package io.parley.config.cluster;

import org.jspecify.annotations.NullMarked;
