/** The other nodes of a cluster: who is alive and what they have been asked. */
@NullMarked
package io.parley.kernel.cluster;

import org.jspecify.annotations.NullMarked;
