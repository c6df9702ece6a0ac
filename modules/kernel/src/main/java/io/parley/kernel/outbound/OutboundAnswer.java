package io.parley.kernel.outbound;

import io.vertx.core.buffer.Buffer;

/**
 * What was answered.
 *
 * @param contentType empty if there is none
 * @param body as far as it was read
 * @param isComplete false if the body was longer than the limit, or did not end in time
 */
public record OutboundAnswer(int status, String contentType, Buffer body, boolean isComplete) {}
