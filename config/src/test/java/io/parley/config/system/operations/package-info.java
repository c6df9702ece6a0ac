/** What operators see of the packaged jar: metrics, logs and traces. */
@NullMarked
package io.parley.config.system.operations;

import org.jspecify.annotations.NullMarked;
