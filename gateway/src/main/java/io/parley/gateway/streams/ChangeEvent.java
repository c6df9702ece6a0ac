package io.parley.gateway.streams;

/**
 * A change as a server-sent event.
 *
 * @param type such as {@code task.created}
 * @param data a JSON object in one line
 */
record ChangeEvent(String type, String data) {}
