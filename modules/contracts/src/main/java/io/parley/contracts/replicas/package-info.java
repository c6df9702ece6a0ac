/** What the nodes of a cluster tell each other about read replicas. */
@NullMarked
package io.parley.contracts.replicas;

import org.jspecify.annotations.NullMarked;
