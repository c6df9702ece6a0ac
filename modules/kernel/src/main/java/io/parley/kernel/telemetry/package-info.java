/** What a process measures, and which trace a request or a turn belongs to; knows no other package of the kernel. */
@NullMarked
package io.parley.kernel.telemetry;

import org.jspecify.annotations.NullMarked;
