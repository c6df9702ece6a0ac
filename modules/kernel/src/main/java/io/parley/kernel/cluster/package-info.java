/** The nodes of a cluster: which are alive and which requests they have not answered; knows nothing of the bus. */
@NullMarked
package io.parley.kernel.cluster;

import org.jspecify.annotations.NullMarked;
