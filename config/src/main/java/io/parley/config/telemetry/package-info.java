/** What operators see of this process: metrics, logs, traces. */
@NullMarked
package io.parley.config.telemetry;

import org.jspecify.annotations.NullMarked;
