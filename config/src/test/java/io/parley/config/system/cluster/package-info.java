/** Several processes that serve one database. */
@NullMarked
package io.parley.config.system.cluster;

import org.jspecify.annotations.NullMarked;
