/** What operators see of turns and providers: metrics and spans. */
@NullMarked
package io.parley.assistant.metrics;

import org.jspecify.annotations.NullMarked;
