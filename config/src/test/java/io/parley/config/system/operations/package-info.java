/** What operators see of the packaged jar: metrics, logs, traces, and the archive for its next start. */
@NullMarked
package io.parley.config.system.operations;

import org.jspecify.annotations.NullMarked;
