/** Whether a request may be answered from a read replica. */
@NullMarked
package io.parley.kernel.replicas;

import org.jspecify.annotations.NullMarked;
